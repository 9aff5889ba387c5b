package rules

import (
	"cmp"
	"slices"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
)

// StringFinding is what a rule finds in a connection string that stands alone,
// outside of any deployment.
type StringFinding struct {
	Rule     *lint.Rule
	Severity lint.Severity
	Span     redisconn.Span // in the string
	Message  string         // secrets masked
	Do       string
}

// JudgeString judges one Redis connection string by the rules that need to
// know nothing else: not the product, the file or the deployment that it
// belongs to. The findings are in order of place and rule.
func JudgeString(text string) []StringFinding {
	u := &redisUse{redisReading: readRedis(text, redisconn.Version{})}
	var found []StringFinding
	add := func(rule *lint.Rule, remarks []redisRemark) {
		for _, r := range remarks {
			f := StringFinding{Rule: rule, Severity: cmp.Or(r.severity, rule.Severity), Span: r.span, Message: r.message, Do: r.do}
			if f.Span.Empty() {
				f.Span = redisconn.Span{Start: 0, End: len(text)}
			}
			found = append(found, f)
		}
	}
	add(redisSyntax(), judgeRedisSyntax(u))
	if u.config != nil {
		add(redisEndpointDropped(), judgeRedisEndpoints(u))
		add(redisTLSMismatch(), judgeRedisTLS(u))
		add(redisAbortConnect(), judgeRedisAbort(u))
		add(redisBreaksSignalR(), judgeRedisSignalR(u))
		add(redisWeakTLS(), judgeRedisWeakTLS(u))
		add(redisSuspectHost(), judgeRedisHosts(u))
		add(redisDatabaseUnavailable(), judgeRedisDatabase(u))
		add(redisServiceRetiring(), judgeRedisRetiring(u))
	}
	slices.SortStableFunc(found, func(a, b StringFinding) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Rule.ID, b.Rule.ID))
	})
	return found
}
