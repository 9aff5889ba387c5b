package rules

import "github.com/xmlint/xmlint/lint"

// redisPlaintextSecret is XM3006.
func redisPlaintextSecret() *lint.Rule {
	return &lint.Rule{
		ID: "XM3006", Name: "redis-plaintext-secret", Severity: lint.Warning,
		Title: "The password of Redis stands in a configuration file",
		Doc: lint.Doc{
			What: "Reports a connection string that holds a password: as a warning in a tree that is under version control (a `.git`, `.hg` or `.svn` lies in a folder at or above it), as information elsewhere. What lies inside an encrypted section is not reported, and the passwords of SQL and mail are not this rule's business.",
			Why:  "Who can read the repository, or a backup of the folder, can read and write all that the products keep in Redis. A password that was once committed stays in the history: it has to be changed.",
			Bad:  redisExample("cache01:6379,password=s3cret,ssl=False,abortConnect=False"),
			Good: redisExample("#{REDIS}#"),
			References: []string{
				"https://learn.microsoft.com/aspnet/core/security/key-vault-configuration",
				"https://learn.microsoft.com/previous-versions/aspnet/zhhddkxy(v=vs.100)",
			},
		},
		Source: "https://learn.microsoft.com/aspnet/core/security/app-secrets",
		Check:  eachRedis(judgeRedisSecret),
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
	for _, it := range u.config.Items {
		if !it.Option.Secret() || it.Value.Empty() {
			continue
		}
		if controlled {
			return []redisRemark{{
				span: it.Value, stepless: true,
				message: "the password of Redis stands in plain text in a file under a version-controlled folder",
				do:      "let the pipeline or a key vault supply it; if the file was ever committed, change the password too",
			}}
		}
		return []redisRemark{{
			span: it.Value, severity: lint.Info, stepless: true,
			message: "the password of Redis stands in plain text in this file",
			do:      "restrict who can read the file and its backups, or let a key vault supply the string",
		}}
	}
	return nil
}
