package migrate

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// Connection is the connection string that is written. It holds secrets and
// never prints them.
type Connection struct {
	text      string
	from      string // where it was given: "--redis"
	reference bool
}

// Literal is a connection string, or a reference to one. From says where it
// was given, for messages. The error is for a text that is no connection
// string at all: empty, the vendor's "-", or a placeholder from documentation.
func Literal(text, from string) (Connection, error) {
	if !utf8.ValidString(text) || strings.IndexFunc(text, unicode.IsControl) >= 0 {
		return Connection{}, fmt.Errorf("%s: the connection string has a control character, such as a tab or a line end, or a byte that is no UTF-8; give it without", from)
	}
	switch schema.Classify(text) {
	case schema.Off:
		return Connection{}, fmt.Errorf("%s: the connection string is empty; give one such as cache01:6379,password=...,ssl=True,abortConnect=False", from)
	case schema.Placeholder:
		return Connection{}, fmt.Errorf("%s: the connection string is a placeholder from documentation; give the real one", from)
	case schema.Reference:
		return Connection{text: text, from: from, reference: true}, nil
	}
	if !usable(text) {
		return Connection{}, fmt.Errorf("%s: the connection string names a server as documentation does; give the real one", from)
	}
	return Connection{text: text, from: from}, nil
}

// Reference is a reference to a connection string that something fills in,
// such as ${REDIS}.
func Reference(text, from string) (Connection, error) {
	if schema.Classify(text) != schema.Reference {
		return Connection{}, fmt.Errorf("%s: this is no reference; write it as ${REDIS}, or give the string itself with --redis", from)
	}
	return Connection{text: text, from: from, reference: true}, nil
}

// IsZero reports whether no connection string is given.
func (c Connection) IsZero() bool { return c.text == "" }

// String is the string with its secrets masked.
func (c Connection) String() string { return deployment.Mask(schema.Connection, c.text) }

// GoString is String.
func (c Connection) GoString() string { return c.String() }

// Format is String, for every verb.
func (c Connection) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// MarshalText is String: no encoder shows the secrets either.
func (c Connection) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// fromManifest is the connection string of the deployment's manifest; zero
// where it has none that can be written.
func fromManifest(d *deployment.Deployment) (Connection, error) {
	if d.Manifest == nil || !d.Manifest.Redis.Connection.IsSet() || schema.Classify(d.Manifest.Redis.Connection.Text) == schema.Off {
		return Connection{}, nil
	}
	return Literal(d.Manifest.Redis.Connection.Text, d.Manifest.File.Path+": redis.connection")
}

// verdict says whether a product's client takes a connection string. The
// first text is why it does not; the second is what is not certain.
func verdict(p *deployment.Product, text string) (refused, doubt string) {
	for _, e := range p.RedisClient {
		if v, err := redisconn.ParseVersion(e.Version.Text); err == nil {
			config, err := redisconn.ParseFor(v, text)
			return judge(config, err), ""
		}
	}
	verdicts := redisconn.Verdicts(text)
	newest := verdicts[len(verdicts)-1]
	var throwing *redisconn.Verdict
	accepted := false
	for i := range verdicts {
		if verdicts[i].OK {
			accepted = true
		} else {
			throwing = &verdicts[i]
		}
	}
	switch {
	case throwing == nil:
		return judge(newest.Config, nil), ""
	case !accepted:
		return judge(nil, newest.Error), ""
	}
	return "", "StackExchange.Redis " + throwing.Version.String() + " throws on the connection string, other releases take it: " + throwing.Error.MaskedMessage
}

func judge(c *redisconn.Config, err error) string {
	var thrown *redisconn.Error
	switch {
	case errors.As(err, &thrown):
		return "StackExchange.Redis throws on the connection string: " + thrown.MaskedMessage
	case err != nil:
		return "StackExchange.Redis throws on the connection string"
	case len(c.Endpoints) == 0:
		return "the connection string names no server"
	}
	return ""
}
