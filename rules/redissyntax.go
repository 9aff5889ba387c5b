package rules

import (
	"strings"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisSyntax is XM3001.
func redisSyntax() *lint.Rule {
	return &lint.Rule{
		ID: "XM3001", Name: "redis-syntax", Severity: lint.Error,
		Title: "The Redis client throws on the connection string",
		Doc: lint.Doc{
			What: "Reads the connection string as `ConfigurationOptions.Parse` of StackExchange.Redis does, in every release from 2.5 on, and reports where it throws: an unknown option, a value of the wrong type, a port out of range, two endpoints that are one server.\n\n" +
				"XMPro does not say which release it ships. A string that all releases refuse is an error, one that only some refuse a warning that names them; the version in the product's `*.deps.json` decides where there is one.\n\n" +
				"The connection string in the manifest, which the products shall get, is read as well, here and by the other rules that look at one string.",
			Why:       "The product reads the string when it starts, and stops there.",
			Bad:       redisExample("cache01:6379,pasword=s3cret,ssl=False,abortConnect=False"),
			Good:      redisExample("cache01:6379,password=s3cret,ssl=False,abortConnect=False"),
			FixSafety: "A misspelt option is corrected only when asked for: what was meant is a guess.",
			References: []string{
				pageClient,
				"https://github.com/StackExchange/StackExchange.Redis/blob/main/src/StackExchange.Redis/ConfigurationOptions.cs",
			},
		},
		Source: pageClient, Step: configureStep,
		Check: func(p *lint.Pass) error {
			uses := redisUses(p)
			for i := range uses {
				if u := &uses[i]; u.err != nil {
					u.report(p, judgeRedisSyntax(u))
				}
			}
			return nil
		},
	}
}

func judgeRedisSyntax(u *redisUse) []redisRemark {
	e := u.err
	if e == nil {
		return nil
	}
	what, _, _ := strings.Cut(e.MaskedMessage, " (Parameter '")
	what = strings.TrimSuffix(what, ".")
	r := redisRemark{span: e.Span, do: "correct the connection string", firm: true}
	switch {
	case u.config != nil:
		r.severity = lint.Warning
		r.message = u.throwing() + " would throw: " + what
		r.do = "find out which release the product ships, or leave the option out"
	case !u.client.IsZero():
		r.message = "StackExchange.Redis " + u.client.String() + ", which the product ships, throws: " + what
	default:
		r.message = "StackExchange.Redis throws: " + what
	}
	word := e.Span.Of(u.text)
	if strings.ContainsRune(word, ';') {
		r.do = suspicionHint(redisconn.SemicolonHost)
	}
	if e.Option == redisconn.NoOption && isWord(word) && strings.HasPrefix(what, "Keyword ") {
		if o := nearestOption(word); o != redisconn.NoOption {
			meant := o.String()
			r.message += "; did you mean " + quote(meant) + "?"
			r.do = "write " + meant + " for " + word
			r.fix = &redisFix{"write " + meant, lint.Unsafe, u.text[:e.Span.Start] + meant + u.text[e.Span.End:]}
		}
	}
	return []redisRemark{r}
}

// isWord reports whether the text can be an option's name and so is no secret.
func isWord(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// nearestOption is the option that a word that is none was meant to be; zero
// where none is near.
func nearestOption(word string) redisconn.Option {
	switch strings.ToLower(word) {
	case "pwd", "pass", "accesskey":
		return redisconn.OptPassword
	case "usessl", "tls", "usetls":
		return redisconn.OptSSL
	case "db", "database", "databaseid":
		return redisconn.OptDefaultDatabase
	case "username":
		return redisconn.OptUser
	}
	for _, o := range redisconn.AllOptions() {
		if !o.Ignored() && schema.Near([]byte(word), o.String()) {
			return o
		}
	}
	return redisconn.NoOption
}
