package deployment

import (
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	for _, test := range []struct{ path, value, want string }{
		{"xmpro:appDesigner:encryptionKey", "s3cret", "*****"},
		{"xmpro:appDesigner:encryptionKey", "", ""},
		{"xmpro:autoScale:connectionString", "h:6379,password=s3cret,ssl=True", "h:6379,password=*****,ssl=True"},
		{"xmpro:data:connectionString", "Server=a;Password=s3cret;Encrypt=True", "Server=a;Password=*****;Encrypt=True"},
		{"xmpro:data:connectionString", "Server=a;Password=s3,cr\"et;Encrypt=True", "Server=a;Password=*****;Encrypt=True"},
		{"xmpro:data:connectionString", `Server=a;Password="s3;cr""et";Encrypt=True`, "Server=a;Password=*****;Encrypt=True"},
		{"xmpro:data:connectionString", `Server=a;Password='s3;cret' ;Encrypt=True`, "Server=a;Password=*****;Encrypt=True"},
		{"xmpro:data:connectionString", `Server=a;Password="s3;cret`, "Server=a;Password=*****"},
		{"xmpro:data:connectionString", `metadata=x;provider connection string="Server=a;pwd=s3cret"`, `metadata=x;provider connection string="Server=a;pwd=*****`},
		{"urls", "https://user:s3cret@host/x", "https://*****@host/x"},
		{"AllowedHosts", "*", "*"},
	} {
		got := Mask(test.path, test.value)
		if got != test.want {
			t.Errorf("%s: %s becomes %s, want %s", test.path, test.value, got, test.want)
		}
		if again := Mask(test.path, got); again != got {
			t.Errorf("%s becomes %s when it is masked again", got, again)
		}
		if strings.Contains(got, "s3") {
			t.Errorf("%s shows the secret", got)
		}
	}
}
