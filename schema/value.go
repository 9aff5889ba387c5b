package schema

import (
	"strings"
	"unicode"
)

// Class is what a setting's text is meant to be.
type Class uint8

// The classes.
const (
	Literal     Class = iota // a value
	Off                      // the vendor's ways to say "no Redis": empty, blank, -
	Placeholder              // copied from documentation: <redis connection string>, your-..., changeme
	Reference                // filled in by something that cannot be seen: ${REDIS}, @Microsoft.KeyVault(...)
)

// Classify tells what a setting's text is meant to be. Whether a placeholder
// stands as the host of a connection string is the caller's to see.
//
// Source: XMPro's ARM and Terraform templates write "-" where a vault secret
// cannot be empty, and ${NAME} in Subscription Manager's web.config.
func Classify(s string) Class {
	t := strings.TrimFunc(s, unicode.IsSpace)
	switch {
	case t == "" || t == "-":
		return Off
	case IsReference(t):
		return Reference
	case IsPlaceholder(t):
		return Placeholder
	}
	return Literal
}

// IsReference reports whether the text holds something that a builder, a
// pipeline or the host replaces: ${NAME}, ${NAME:-default}, $(NAME), #{NAME}#,
// @Microsoft.KeyVault(...), an ARM expression [...('...')].
func IsReference(s string) bool {
	t := strings.TrimFunc(s, unicode.IsSpace)
	switch {
	case hasFoldPrefix(t, "@Microsoft.KeyVault("), hasFoldPrefix(t, "@Microsoft.AppConfiguration("):
		return true
	case strings.HasPrefix(t, "[") && strings.HasSuffix(t, ")]"):
		return true
	}
	return HasBuilderToken(s) || HasPipelineToken(s)
}

// HasPipelineToken reports whether the text holds a $(NAME) or #{NAME}# that a
// pipeline replaces before it deploys the file, whatever the file is.
func HasPipelineToken(s string) bool { return hasToken(s, "$(", ")") || hasToken(s, "#{", "}") }

// HasBuilderToken reports whether the text holds a ${...} that a configuration
// builder in Expand mode would replace.
//
// Source: Microsoft.Configuration.ConfigurationBuilders, mode Expand.
func HasBuilderToken(s string) bool { return hasToken(s, "${", "}") }

// HasVariable reports whether the text holds a %NAME% that Windows replaces
// where there is such a variable, as the ASP.NET Core Module has it do in the
// values of <environmentVariables>.
//
// Source: dotnet/aspnetcore, AspNetCoreModule, ASPNETCORE_CONFIG::Populate.
func HasVariable(s string) bool {
	for {
		_, rest, ok := strings.Cut(s, "%")
		if !ok {
			return false
		}
		name, _, ok := strings.Cut(rest, "%")
		letter := func(r rune) bool { return r == '_' || unicode.IsLetter(r) }
		if ok && name != "" && strings.IndexFunc(name, letter) == 0 && strings.TrimFunc(name, func(r rune) bool {
			return letter(r) || unicode.IsDigit(r) || r == '(' || r == ')'
		}) == "" {
			return true
		}
		s = rest
	}
}

func hasToken(s, open, end string) bool {
	for {
		_, rest, ok := strings.Cut(s, open)
		if !ok {
			return false
		}
		name, _, ok := strings.Cut(rest, end)
		if ok && name != "" {
			return true
		}
		s = rest
	}
}

// IsPlaceholder reports whether the text is what documentation puts where a
// value belongs: <words>, your-..., changeme.
func IsPlaceholder(s string) bool {
	t := strings.TrimFunc(s, unicode.IsSpace)
	switch {
	case len(t) > 2 && t[0] == '<' && t[len(t)-1] == '>' && !strings.ContainsAny(t[1:len(t)-1], "<>"):
		return true
	case hasFoldPrefix(t, "your-"), hasFoldPrefix(t, "your_"), hasFoldPrefix(t, "changeme"), hasFoldPrefix(t, "change-me"):
		return true
	}
	return false
}

func hasFoldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// ParseBool binds a string to a bool as .NET's BooleanConverter does: true or
// false in any ASCII case, with white space or NUL around it. ok is false for
// everything else, which makes the product throw.
//
// Source: dotnet/runtime, Boolean.TryParse.
func ParseBool(s string) (value, ok bool) {
	t := strings.TrimFunc(s, func(r rune) bool { return r == 0 || unicode.IsSpace(r) })
	switch {
	case len(t) == 4 && strings.EqualFold(t, "true"):
		return true, true
	case len(t) == 5 && strings.EqualFold(t, "false") && t[3]|0x20 == 's':
		return false, true
	}
	return false, false
}
