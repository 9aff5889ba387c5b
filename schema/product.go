// Package schema is what xmlint knows about XMPro, as data: the products and
// their folders, the settings and their casing, the releases, the placeholders
// and the keys whose values are secrets. Each fact names its source. The
// package imports nothing from the project.
package schema

// Product is one of the products of the XMPro suite, by the name that reports
// and manifests use.
type Product string

// The products. Unknown is configuration that holds XMPro settings without
// telling whose it is.
const (
	AppDesigner         Product = "app-designer"
	DataStreamDesigner  Product = "data-stream-designer"
	SubscriptionManager Product = "subscription-manager"
	AI                  Product = "ai"
	StreamHost          Product = "stream-host"
	Unknown             Product = "unknown"
)

// Products lists every product in the order in which reports name them.
func Products() []Product {
	return []Product{AppDesigner, DataStreamDesigner, SubscriptionManager, AI, StreamHost, Unknown}
}

// Title is the product's name in prose.
func (p Product) Title() string {
	switch p {
	case AppDesigner:
		return "App Designer"
	case DataStreamDesigner:
		return "Data Stream Designer"
	case SubscriptionManager:
		return "Subscription Manager"
	case AI:
		return "AI"
	case StreamHost:
		return "Stream Host"
	}
	return "unknown product"
}

// UsesRedis tells whether the product has Auto Scale: App Designer, Data
// Stream Designer and Subscription Manager. AI and Stream Host have no use for
// Redis whatever their configuration says.
//
// Source: XMPro documentation, technical reference "Redis cache
// implementation", usage table.
func (p Product) UsesRedis() bool {
	return p == AppDesigner || p == DataStreamDesigner || p == SubscriptionManager
}
