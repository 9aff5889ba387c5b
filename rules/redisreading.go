package rules

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisReading is what the client makes of one connection string. Equal
// strings of one deployment share it.
type redisReading struct {
	text string
	// client is the release that the product ships, the zero Version where
	// nothing tells. Then every release that the library knows is asked, since
	// XMPro does not say which one it is.
	client redisconn.Version
	config *redisconn.Config // of the newest release that accepts the string; nil: none does
	err    *redisconn.Error  // why the newest release that does not accept it throws; nil: all accept it
	// verdicts are those of all releases; nil where they agree in everything
	// that a rule looks at.
	verdicts    []redisconn.Verdict
	suspects    []redisconn.Suspect
	placeholder bool // a host is one from documentation
}

func readRedis(text string, client redisconn.Version) *redisReading {
	r := &redisReading{text: text, client: client}
	asked := client
	if client.IsZero() {
		asked = redisconn.Newest()
	}
	config, err := redisconn.ParseFor(asked, text)
	for _, e := range config.Endpoints {
		r.placeholder = r.placeholder || e.Kind == redisconn.DNS && isPlaceholderHost(e.Host)
	}
	if err == nil {
		r.config = config
	} else {
		r.err, _ = err.(*redisconn.Error)
	}
	if client.IsZero() && (err != nil || releasesDiffer(config)) {
		r.askAll()
	}
	if r.config != nil {
		r.suspects = r.config.Suspects()
	}
	return r
}

// askAll asks every release and keeps the newest answer of each kind.
func (r *redisReading) askAll() {
	r.verdicts = redisconn.Verdicts(r.text)
	r.config, r.err = nil, nil
	for _, v := range r.verdicts {
		if v.OK {
			r.config = v.Config
		} else {
			r.err = v.Error
		}
	}
}

// releasesDiffer reports whether releases of the client may disagree on a
// string that the newest accepts: it must never say no where they do.
func releasesDiffer(c *redisconn.Config) bool {
	if len(c.Commands) > 0 {
		return true
	}
	for _, it := range c.Items {
		if it.Kind != redisconn.KindOption {
			continue
		}
		if !it.Option.Since().IsZero() || it.Option == redisconn.OptVersion || it.Option.Ignored() {
			return true
		}
	}
	if c.Options.Written(redisconn.OptSSL) && c.Options.Written(redisconn.OptAbortConnect) {
		return false
	}
	for i := range c.Endpoints {
		if c.Endpoints[i].Service() != redisconn.OtherService {
			return true // what is not written depends on who recognises the host
		}
	}
	return false
}

// lacking names the releases that accept the string and for which has is not
// true, in words: "StackExchange.Redis 2.6.96 and 2.7.27"; empty where has is
// true for all.
func (r *redisReading) lacking(has func(*redisconn.Config) bool) string {
	_, without := redisconn.Split(r.verdicts, has)
	return releases(without)
}

// throwing names the releases that throw on the string.
func (r *redisReading) throwing() string {
	var throwing []redisconn.Version
	for _, v := range r.verdicts {
		if !v.OK {
			throwing = append(throwing, v.Version)
		}
	}
	return releases(throwing)
}

// releases names releases of the client: "StackExchange.Redis 2.6.96 and
// 2.7.27"; empty for none.
func releases(versions []redisconn.Version) string {
	if len(versions) == 0 {
		return ""
	}
	names := make([]string, len(versions))
	for i, v := range versions {
		names[i] = v.String()
	}
	return "StackExchange.Redis " + list(names)
}

// redisClient is the release of StackExchange.Redis that a product ships, as
// far as its *.deps.json says.
func redisClient(p *deployment.Product) redisconn.Version {
	for _, e := range p.RedisClient {
		if v, err := redisconn.ParseVersion(e.Version.Text); err == nil {
			return v
		}
	}
	return redisconn.Version{}
}

// with is the string with an option set: the item that decides it is changed,
// else one is added at the end.
func (r *redisReading) with(option redisconn.Option, value string) string {
	if it, ok := r.config.Find(option); ok {
		at := it.Value
		if at.Empty() {
			at = redisconn.Span{Start: it.End, End: it.End}
		}
		return r.text[:at.Start] + value + r.text[at.End:]
	}
	kept := strings.TrimRight(r.text, " \t\r\n")
	if !strings.HasSuffix(kept, ",") {
		kept += ","
	}
	return kept + option.String() + "=" + value
}

// span is where an option is written, else where an endpoint is.
func (r *redisReading) span(option redisconn.Option, endpoint int) redisconn.Span {
	if it, ok := r.config.Find(option); ok {
		return it.Span
	}
	return r.config.Endpoints[endpoint].Span
}

// host is how a message names the server of an endpoint. What stands where a
// comma cut off the rest of a password is not shown.
func (r *redisReading) host(endpoint int) string {
	e := &r.config.Endpoints[endpoint]
	if e.Kind == redisconn.Unix {
		return "a Unix socket"
	}
	for i, it := range r.config.Items {
		if it.Endpoint == endpoint && r.afterPassword(i) && e.Port == 0 {
			return schema.Mask
		}
	}
	return e.MaskHost()
}

// afterPassword reports whether item i follows a password: a comma cannot be
// part of one, so the item may be its rest.
func (r *redisReading) afterPassword(i int) bool {
	for i--; i >= 0; i-- {
		if it := &r.config.Items[i]; it.Kind != redisconn.KindEmpty {
			return it.Option.Secret()
		}
	}
	return false
}
