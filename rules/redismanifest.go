package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// manifestConnection is the path of the connection string that the manifest
// holds: what the products shall get.
const manifestConnection = "redis.connection"

// plannedRedis is the use of the manifest's connection string; empty where it
// has none that can be judged, and where a product has the same one, where it
// is judged already.
func plannedRedis(d *deployment.Deployment, uses []redisUse) (u redisUse) {
	if d.Manifest == nil {
		return u
	}
	c := d.Manifest.Redis.Connection
	if !c.IsSet() || schema.Classify(c.Text) != schema.Literal {
		return u
	}
	var client redisconn.Version
	for i := range uses {
		if uses[i].text == c.Text {
			return u
		}
		if client.IsZero() && uses[i].product.ID.UsesRedis() {
			client = uses[i].client
		}
	}
	reading := readRedis(c.Text, client)
	if reading.placeholder {
		return u
	}
	return redisUse{
		redisReading: reading, deployment: d, idle: !onSomewhere(d),
		origin: deployment.Origin{File: c.Place.File, Path: manifestConnection, Text: c.Text, Value: c.Place.Span, Node: document.None, Attr: -1},
	}
}

// placeInYAML is where a part of a scalar stands, as far as it is written as it
// is read; else the whole scalar.
func placeInYAML(scalar lint.Place, text string, part redisconn.Span) lint.Place {
	span := scalar.Span
	for _, quotes := range [...]int32{0, 1} {
		from, to := span.Start+quotes, span.End-quotes
		if from <= to && string(scalar.File.Text.Bytes[from:to]) == text {
			scalar.Span = document.Span{Start: from + int32(part.Start), End: from + int32(part.End)}
			return scalar
		}
	}
	return scalar
}

// provisionStep is the step in which Redis is set up, as long as it is to be
// done: no product is on or may be, and nobody says that it is done.
func provisionStep(d *deployment.Deployment) string {
	off := false
	for _, p := range d.Products {
		if !p.ID.UsesRedis() {
			continue
		}
		if s := statesOf(p); s.on+s.unknown > 0 {
			return "-"
		}
		off = true
	}
	if !off || isDone(d.Manifest, schema.StepProvisionRedis) || isDone(d.Manifest, schema.StepVerifyRedis) {
		return "-"
	}
	return schema.StepProvisionRedis
}

// reportPlannedPlaceholder reports a placeholder in the manifest's connection
// string, where no product with Auto Scale on has the same.
func reportPlannedPlaceholder(pass *lint.Pass) {
	m := pass.Deployment.Manifest
	if m == nil || !m.Redis.Connection.IsSet() {
		return
	}
	c := m.Redis.Connection
	what := placeholder(c.Text)
	if what == "" {
		return
	}
	for all := spotsOf(pass.Deployment); all.next(); {
		if s := all.spot; s.isOn() && s.view.AutoScale.Connection.Text == c.Text {
			return
		}
	}
	pass.Report(lint.Finding{
		Place: c.Place, Setting: manifestConnection, Step: provisionStep(pass.Deployment),
		Message: fmt.Sprintf("the connection string that the products shall get is still the placeholder %s from documentation", shown(schema.Connection, what)),
		Do:      "write your own Redis server's connection string into " + c.Place.File.Path,
	})
}
