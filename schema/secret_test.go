package schema

import "testing"

func TestIsSecret(t *testing.T) {
	for path, want := range map[string]bool{
		"xmpro:xmnotification:email:password":         true,
		"XMPRO:XMNOTIFICATION:EMAIL:PASSWORD":         true,
		"xmpro:email:smtpPassword":                    true,
		"a/b/@pwd":                                    true,
		"xmpro__xmidentity__client__sharedkey":        true,
		"xm__xmpro__appDesigner__encryptionKey":       true,
		"xmpro:appDesigner:encryptionKey":             true,
		"configuration/xmpro/xmcryptography/aes/salt": true,
		"oauth:formData:client_secret":                true,
		"gateway:secret":                              true,
		"accessToken":                                 true,
		"secret":                                      true,
		"clientSecret:0":                              true,
		"clientSecret:0:12":                           true,
		"xmpro:appDesigner:applicationInsights:instrumentationKey": true,
		"system.web:machineKey:validationKey":                      true,
		"system.web/machineKey/decryptionKey":                      true,
		"xmpro:xmidentity:server:identityProviders:azureAD:key":    true,
		"xmpro:xmcryptography:tripleDES:key":                       true,
		"xmpro:xmcryptography:key":                                 true,
		"InfrastructureKey:Key":                                    true,
		"xm__xmpro__XMCryptography__TripleDES__Key":                true,
		"azureAD:settings:key":                                     true,

		"":                                 false,
		"0":                                false,
		":":                                false,
		"key":                              false,
		"xmpro:data:key":                   false,
		"azureADX:key":                     false,
		"keyVault:name":                    false,
		"passwordPolicy":                   false,
		"password:policy":                  false,
		"secrets":                          false,
		"tokenEndpoint":                    false,
		"myInstrumentationKey":             false,
		"xmpro:autoScale:connectionString": false,
		"xmpro:xmcryptography:aes:key1":    false,
	} {
		if got := IsSecret(path); got != want {
			t.Errorf("IsSecret(%q) = %v", path, got)
		}
	}
	if n := testing.AllocsPerRun(100, func() { IsSecret("xm__xmpro__XMCryptography__TripleDES__Key") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
