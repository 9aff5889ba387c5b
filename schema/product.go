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

// UsesRedis reports whether the product has Auto Scale: App Designer, Data
// Stream Designer and Subscription Manager. AI and Stream Host have no use for
// Redis whatever their configuration says.
//
// Source: XMPro documentation, technical reference "Redis cache
// implementation", usage table.
func (p Product) UsesRedis() bool {
	return p == AppDesigner || p == DataStreamDesigner || p == SubscriptionManager
}

// folderName tells a product by its folder's name, in lower case and without
// blanks, dots, dashes and underscores.
//
// Source: XMPro documentation and installers: XMPRO-SM, XMPro-AD, XMPro-DS,
// xmprosubscriptionmanager, StreamHost; the long names are the products' own.
func folderName(key string) Product {
	switch key {
	case "ad", "appdesigner", "applicationdesigner":
		return AppDesigner
	case "ds", "datastreamdesigner", "datastreamsdesigner":
		return DataStreamDesigner
	case "sm", "subscriptionmanager":
		return SubscriptionManager
	case "ai", "aidesigner", "xmproai":
		return AI
	case "sh", "streamhost":
		return StreamHost
	}
	return ""
}

// ProductOfFolder tells a product by the name of its folder, ignoring case and
// separators, with or without XMPro in front; empty where the name tells
// nothing.
func ProductOfFolder(name string) Product {
	key := make([]byte, 0, 32)
	for i := range len(name) {
		switch c := name[i]; {
		case c == '-' || c == '_' || c == ' ' || c == '.':
		case len(key) == cap(key):
			return ""
		case 'A' <= c && c <= 'Z':
			key = append(key, c+'a'-'A')
		default:
			key = append(key, c)
		}
	}
	if p := folderName(string(key)); p != "" {
		return p
	}
	if len(key) > 5 && string(key[:5]) == "xmpro" {
		return folderName(string(key[5:]))
	}
	return ""
}
