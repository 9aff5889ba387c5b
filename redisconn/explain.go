package redisconn

// An Explanation says of one connection string everything that is to be said
// without knowing where it is used. Nothing in it is secret, the hosts aside
// that are Masked. As JSON it is a member of the project's contract: its names
// stay.
type Explanation struct {
	OK        bool                `json:"ok"` // what the newest client says
	Error     *ExplainedError     `json:"error,omitempty"`
	Clients   []ExplainedClient   `json:"clients"`            // those of Clients that say otherwise
	Endpoints []ExplainedEndpoint `json:"endpoints,omitzero"` // as written; absent where not OK
	Effective []ExplainedEndpoint `json:"effective,omitzero"` // with default ports
	Options   map[string]any      `json:"options,omitempty"`  // by documented name: bool, int or string
	Dropped   []string            `json:"dropped,omitzero"`   // items that silently give no endpoint
	Masked    string              `json:"masked"`             // the string itself
}

// An ExplainedError is the exception that the client throws.
type ExplainedError struct {
	Exception string `json:"exception"`
	Message   string `json:"message"`
}

// An ExplainedClient is a release of the client, and what it says.
type ExplainedClient struct {
	Version string `json:"version"`
	OK      bool   `json:"ok"`
	Message string `json:"message,omitempty"`
}

// An ExplainedEndpoint is an Endpoint. A Unix socket has a path and neither
// host nor port.
type ExplainedEndpoint struct {
	Kind string `json:"kind"`
	Host string `json:"host,omitempty"`
	Port *int   `json:"port,omitempty"` // 0 where none is written
	Path string `json:"path,omitempty"`
	// Masked tells that the host may be the rest of a password that holds a
	// comma: it is what the client reads, and not to be shown to people.
	Masked bool `json:"-"`
}

// Explain asks all of Clients.
func Explain(s string) Explanation {
	verdicts := Verdicts(s)
	newest := verdicts[len(verdicts)-1]
	x := Explanation{OK: newest.OK, Clients: []ExplainedClient{}, Masked: Mask(s)}
	for _, v := range verdicts {
		if v.OK == newest.OK {
			continue
		}
		client := ExplainedClient{Version: v.Version.String(), OK: v.OK}
		if v.Error != nil {
			client.Message = v.Error.MaskedMessage
		}
		x.Clients = append(x.Clients, client)
	}
	if e := newest.Error; e != nil {
		x.Error = &ExplainedError{Exception: e.Exception, Message: e.MaskedMessage}
		return x
	}
	c := newest.Config
	masks := MaskSpans(s)
	x.Endpoints = c.explainEndpoints(c.Endpoints, masks)
	x.Effective = c.explainEndpoints(c.Effective(), masks)
	x.Options = c.MaskedOptions()
	x.Dropped = []string{}
	for _, it := range c.Dropped() {
		x.Dropped = append(x.Dropped, maskWithin(s, it.Span, masks))
	}
	return x
}

func (c *Config) explainEndpoints(endpoints []Endpoint, masks []Span) []ExplainedEndpoint {
	explained := make([]ExplainedEndpoint, len(endpoints))
	for i, e := range endpoints {
		explained[i] = ExplainedEndpoint{Kind: e.Kind, Host: e.MaskHost(), Path: e.Path, Masked: maskWithin(c.Input, e.Span, masks) == mask}
		if e.Kind != Unix {
			port := e.Port
			explained[i].Port = &port
		}
	}
	return explained
}

// MaskedOptions returns the value of every option that has one, written or by
// default, by its documented name, with ***** for secrets.
func (c *Config) MaskedOptions() map[string]any {
	options := make(map[string]any, optionCount)
	for _, o := range AllOptions() {
		value := c.Options.Value(o)
		if value == nil {
			continue
		}
		if text, ok := value.(string); ok {
			value = c.maskValue(o, text)
		}
		options[o.String()] = value
	}
	return options
}

// maskValue masks the value of an option that is a text.
func (c *Config) maskValue(o Option, text string) string {
	switch {
	case o.Secret() && text != "":
		return mask
	case o == OptSSLHost && !c.Options.Written(o), o == OptTunnel:
		return Endpoint{Kind: DNS, Host: text}.MaskHost()
	case o == OptVersion, o == OptProxy, o == OptProtocol:
		return text // not as written
	}
	if it, ok := c.Find(o); ok {
		return c.MaskText(it.Value)
	}
	return text
}
