package deployment

// File is one file that was read.
type File struct {
	Path string // as reports show it
	Role Role
	// Environment is the middle of appsettings.<Environment>.json.
	Environment string
	// Active is false for an overlay of an environment that is known not to be
	// the product's: it is checked for being readable only.
	Active bool

	Text *Text // nil where the file could not be read or decoded
	JSON *JSON // of a JSON file, also beside a duplicate-key Err
	XML  *XML  // of an XML file
	// Err is why .NET, or one of our limits, refuses the file: a
	// *ReadError, or the error of reading it.
	Err error
}

// Role is what a file is to its product.
type Role uint8

// The roles.
const (
	RoleManifest     Role = iota + 1 // xmpro.yaml
	RoleBase                         // appsettings.json
	RoleOverlay                      // appsettings.<Environment>.json
	RoleSectionHost                  // Subscription Manager's web.config
	RoleAspNetCore                   // the web.config of the ASP.NET Core Module beside an appsettings.json
	RoleDeps                         // *.deps.json
	RoleMetadata                     // sm-metadata.json
	RoleConfigSource                 // a section's file, named by configSource
	RoleNamed                        // given as PATH, with a name that tells nothing
)

// Start is the place of the file's first character.
func (f *File) Start() Place { return Place{File: f} }
