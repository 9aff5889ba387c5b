package rules

import (
	"regexp"
	"sync"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// afterAll is the check of a rule that judges suppressions: it has nothing to
// say before it is known what they suppress.
func afterAll(*lint.Pass) error { return nil }

// aboutSuppression begins a finding about a suppression, at a place inside its
// comment.
func aboutSuppression(pass *lint.Pass, at lint.Place) lint.Finding {
	return aboutFile(pass.Deployment, at.File, at.Span)
}

func unusedSuppression() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0007",
		Name:     "unused-suppression",
		Severity: lint.Warning,
		Title:    "A suppression suppresses nothing",
		Doc: lint.Doc{
			What: "Finds suppressions in comments, and by path in `.xmlint.yaml`, that suppress nothing: the rule finds nothing there, there is no such rule, or it cannot be suppressed. " +
				"A suppression of several rules is held to each of them. Rules that are switched off, and files with a protected section that was not opened, are not judged.",
			Why: "A suppression that outlives its cause hides the next fault of its kind in the same place. One with a misspelt name never did what its author believes.",
			Bad: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": {
      "enabled": false,
      // xmlint:ignore redis-plaintext-secret -- rotated weekly
      "connectionString": ""
    }
  }
}
`,
			Good: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": {
      "enabled": false,
      // xmlint:ignore redis-plaintext-secret -- rotated weekly
      "connectionString": "cache01:6379,password=s3cret,abortConnect=False"
    }
  }
}
`,
			References: []string{pageSuppressions},
		},
		Source:      pageSuppressions,
		Firm:        true,
		Check:       afterAll,
		Suppression: judgeUnused,
	}
}

func judgeUnused(pass *lint.Pass, s *lint.Suppression) {
	put := func(at lint.Place, message, do string) {
		f := aboutSuppression(pass, at)
		f.Message, f.Do = message, do
		pass.Report(f)
	}
	switch {
	case s.Verb != "":
		do := "write xmlint:ignore for the next setting or the comment's line, xmlint:file-ignore for the file"
		if near := schema.Nearest(s.Verb, []string{"ignore", "file-ignore"}); near != "" {
			do = "did you mean xmlint:" + near + "?"
		}
		put(s.Place, "this is no directive of xmlint, and suppresses nothing", do)
		return
	case s.Reason == "":
		return // XM0009
	case len(s.Rules) == 0:
		put(s.Place, "the suppression names no rule, and suppresses nothing", "name the rule before the reason, by its id or name; a finding shows both")
	}
	for _, r := range s.Rules {
		switch {
		case r.Rule == nil:
			// What is no rule may be anything, a password as well: it is not repeated.
			message, do := "the suppression names a rule that does not exist", "see: xmlint rules"
			if ruleID().MatchString(r.Text) {
				message = "there is no rule " + r.Text
			}
			if r.Near != "" {
				do = "did you mean " + r.Near + "?"
			}
			put(r.Place, message, do)
		case r.Rule.Firm:
			put(r.Place, r.Rule.ID+" ("+r.Rule.Name+") cannot be suppressed", "delete it from the suppression, and mend what the rule finds")
		case !r.Found && !r.Unseen && !s.Ended:
			put(r.Place, r.Rule.ID+" ("+r.Rule.Name+") finds nothing here that could be suppressed", "delete the rule from the suppression; if it is the only one, delete the suppression")
		}
	}
}

var ruleID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[Xx][Mm][0-9]{4}$`) })

func expiredSuppression() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0008",
		Name:     "expired-suppression",
		Severity: lint.Warning,
		Title:    "A suppression has come to its end",
		Doc: lint.Doc{
			What: "Finds suppressions whose `until` has come: a day that is past, or a version that the suite is known to have. It no longer suppresses anything. An `until` that is neither a date nor a version counts as come.",
			Why:  "The end was set so that somebody looks again. What the suppression hid is reported from now on.",
			Bad: `
-- xmpro.yaml --
version: 4.6.1
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": {
      "enabled": false,
      // xmlint:ignore XM3006 until=4.6 -- the vault comes with 4.6
      "connectionString": "cache01:6379,password=s3cret,abortConnect=False"
    }
  }
}
`,
			Good: `
-- xmpro.yaml --
version: 4.4.0
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": {
      "enabled": false,
      // xmlint:ignore XM3006 until=4.6 -- the vault comes with 4.6
      "connectionString": "cache01:6379,password=s3cret,abortConnect=False"
    }
  }
}
`,
			References: []string{pageSuppressions},
		},
		Source:      pageSuppressions,
		Firm:        true,
		Check:       afterAll,
		Suppression: judgeExpired,
	}
}

func judgeExpired(pass *lint.Pass, s *lint.Suppression) {
	if !s.Ended {
		return
	}
	f := aboutSuppression(pass, s.UntilPlace)
	f.Do = "mend what the suppression hides and delete it, or give it a new end"
	switch end, ok := lint.ParseEnd(s.Until); {
	case !ok:
		f.Message = "the end of the suppression is neither a date nor a version, so that it suppresses nothing"
		f.Do = "write it as until=2027-01-31, or as until=5.0 for a version of XMPro"
	case end.IsVersion():
		f.Message = "the suppression was to hold until version " + plain(s.Until) + ", and XMPro is at " + plain(s.Suite.Text)
	default:
		f.Message = "the suppression ended on " + s.Until
	}
	pass.Report(f)
}

func suppressionWithoutReason() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0009",
		Name:     "suppression-without-reason",
		Severity: lint.Warning,
		Title:    "A suppression does not say why",
		Doc: lint.Doc{
			What: "Finds suppressions without a reason. They suppress nothing. The reason stands behind two dashes; in XML, where a comment cannot hold two, behind one with a blank on each side.",
			Why:  "Whoever meets the suppression later has to know whether its reason still holds, and whom to ask.",
			Bad: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": {
      "enabled": false,
      "connectionString": "cache01:6379,password=s3cret,abortConnect=False" // xmlint:ignore XM3006
    }
  }
}
`,
			Good: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": {
      "enabled": false,
      "connectionString": "cache01:6379,password=s3cret,abortConnect=False" // xmlint:ignore XM3006 -- rotated weekly
    }
  }
}
`,
			References: []string{pageSuppressions},
		},
		Source:      pageSuppressions,
		Firm:        true,
		Check:       afterAll,
		Suppression: judgeReason,
	}
}

func judgeReason(pass *lint.Pass, s *lint.Suppression) {
	if s.Verb != "" || s.Reason != "" {
		return
	}
	f := aboutSuppression(pass, s.Place)
	f.Message = "the suppression has no reason, and suppresses nothing"
	f.Do = "write why behind two dashes: xmlint:ignore XM3006 -- rotated weekly"
	if isXML(s.Place.File) {
		f.Do = "write why behind a dash, XML has no two in a comment: xmlint:ignore XM3006 - rotated weekly"
	}
	pass.Report(f)
}
