package deployment

// View is the configuration of a node as one environment sees it.
type View struct {
	Environment string  // "" is the base alone
	Layers      []Layer // first to last; the last that has a path wins
	AutoScale   AutoScale
}

// Layer is one source of settings of a view.
type Layer struct {
	Kind LayerKind
	File *File
	// Env holds the settings of a layer that is no file of its own.
	Env []EnvSetting
	// Unordered tells that it is not known whether this layer or the one
	// before it wins.
	Unordered bool

	web *WebConfig // of Section and AppSettings: File taken apart
}

// LayerKind is the kind of a layer.
type LayerKind uint8

// The kinds of layer.
const (
	BaseFile    LayerKind = iota + 1 // appsettings.json
	OverlayFile                      // appsettings.<Environment>.json
	Environment                      // <aspNetCore><environmentVariables> of the product's own web.config
	Section                          // <xmpro> of Subscription Manager's web.config
	AppSettings                      // <appSettings> of the same file
	KeyVault                         // secrets of a key vault
)

// EnvSetting is one environment variable, or one key of <appSettings>, that
// stands for a setting.
type EnvSetting struct {
	Name   string // as written: XM__XMPRO__AUTOSCALE__ENABLED
	Path   string // as .NET reads it, prefix xm__ removed: XMPRO:AUTOSCALE:ENABLED
	Prefix string // the prefix that Path lacks: "xm__", or ""
	Value  string
	Origin Origin
}

// AutoScale is what a view says of Auto Scale.
type AutoScale struct {
	State      State
	Reason     Reason // why the state is unknown; zero otherwise
	Enabled    Value
	Connection Value
}

// On reports whether Auto Scale is known to be on.
func (a AutoScale) On() bool { return a.State == StateOn }

// State is whether Auto Scale is on. It follows "enabled" alone.
type State uint8

// The states.
const (
	StateAbsent  State = iota // no setting: off
	StateOff                  // enabled is false
	StateOn                   // enabled is true
	StateInvalid              // enabled is no boolean: the product throws
	StateUnknown              // see Reason
)

// String is the state as the JSON output names it.
func (s State) String() string {
	return [...]string{"absent", "off", "on", "invalid", "unknown"}[s]
}

// Reason says why a state or a value is unknown.
type Reason uint8

// The reasons.
const (
	ReasonEncrypted  Reason = iota + 1 // inside a protected section that was not opened
	ReasonReference                    // ${...}, @Microsoft.KeyVault(...) and the like
	ReasonKeyVault                     // xmpro:keyVault:provider is set: the vault may supply it
	ReasonOverride                     // an override whose order against others is not known
	ReasonUnreadable                   // a file of the product cannot be read or parsed
	ReasonElsewhere                    // configSource or <location> moves the section out of sight
	ReasonNotSeen                      // the manifest lists the product, and its files are not in the tree
)

// String explains the reason in a few words.
func (r Reason) String() string {
	return [...]string{"", "the section is encrypted", "the value is a reference",
		"a key vault may supply it", "an override may replace it",
		"a file cannot be read", "the section lies elsewhere", "the files are not in this tree"}[r]
}

// Value is the effective value of one setting in one view.
type Value struct {
	// Text is what the application gets. It may be a secret: see Mask.
	Text string
	// Present tells that some layer has the path. Null tells that .NET has
	// null there.
	Present, Null bool
	// Unknown is why the value cannot be known; zero where it is. Text is then
	// what is written, if anything is: a reference.
	Unknown Reason
	Origin  Origin   // the layer that wins; zero where nothing has the path
	Shadows []Origin // the layers that it hides, nearest first
}

// Known reports whether Text is what the application gets.
func (v Value) Known() bool { return v.Present && !v.Null && v.Unknown == 0 }
