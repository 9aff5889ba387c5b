package rules

import (
	"strings"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
)

// redisPlaintextSecret is XM3006.
func redisPlaintextSecret() *lint.Rule {
	return &lint.Rule{
		ID: "XM3006", Name: "redis-plaintext-secret", Severity: lint.Warning,
		Title: "The password of Redis stands in a configuration file",
		Doc: lint.Doc{
			What: "Reports a connection string that holds a password: as a warning in a tree that is under version control (a `.git`, `.hg` or `.svn` lies in a folder at or above it), as information elsewhere. It looks at strings on which the client throws as well, and at a URL with a password in it. What lies inside an encrypted section is not reported, nor a placeholder such as `<password>`, and the passwords of SQL and mail are not this rule's business.",
			Why:  "Who can read the repository, or a backup of the folder, can read and write all that the products keep in Redis. A password that was once committed stays in the history: it has to be changed.",
			Bad:  redisExample("cache01:6379,password=s3cret,ssl=False,abortConnect=False"),
			Good: redisExample("#{REDIS}#"),
			References: []string{
				"https://learn.microsoft.com/aspnet/core/security/key-vault-configuration",
				"https://learn.microsoft.com/previous-versions/aspnet/zhhddkxy(v=vs.100)",
			},
		},
		Source: "https://learn.microsoft.com/aspnet/core/security/app-secrets",
		Check: func(p *lint.Pass) error {
			uses := redisUses(p)
			for i := range uses {
				uses[i].report(p, judgeRedisSecret(&uses[i]))
			}
			return nil
		},
	}
}

func judgeRedisSecret(u *redisUse) []redisRemark {
	if u.deployment == nil || u.origin.Opened {
		return nil
	}
	controlled := false
	if u.node != nil {
		controlled = u.node.VersionControlled
	} else if m := u.deployment.Manifest; m != nil {
		controlled = m.VersionControlled
	}
	span := u.plainPassword()
	switch {
	case span.Empty():
		return nil
	case controlled:
		return []redisRemark{{
			span: span, stepless: true,
			message: "the password of Redis stands in plain text in a file under a version-controlled folder",
			do:      "let the pipeline or a key vault supply it; if the file was ever committed, change the password too",
		}}
	}
	return []redisRemark{{
		span: span, severity: lint.Info, stepless: true,
		message: "the password of Redis stands in plain text in this file",
		do:      "restrict who can read the file and its backups, or let a key vault supply the string",
	}}
}

// plainPassword is the first password in the string, empty where it has none.
// It does not need a string that the client takes.
func (r *redisReading) plainPassword() redisconn.Span {
	config := r.config
	if config == nil {
		config, _ = redisconn.Parse(r.text)
	}
	for _, it := range config.Items {
		text := it.Of(r.text)
		switch value := it.Value.Of(r.text); {
		case strings.HasPrefix(value, "<") && strings.HasSuffix(value, ">"):
		case it.Option.Secret(), !it.Key.Empty() && it.Option == redisconn.NoOption && nearestOption(it.Key.Of(r.text)) == redisconn.OptPassword:
			if value != "" {
				return it.Value
			}
		case it.Key.Empty() && strings.Contains(text, "://") && strings.Contains(text, "@"):
			for _, secret := range redisconn.MaskSpans(text) {
				return redisconn.Span{Start: it.Start + secret.Start, End: it.Start + secret.End}
			}
		}
	}
	return redisconn.Span{}
}
