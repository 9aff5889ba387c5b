package redisconn_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xmlint/xmlint/redisconn"
)

func TestExplainJSON(t *testing.T) {
	defaults := `"options":{"abortConnect":true,"allowAdmin":false,"asyncTimeout":5000,"checkCertificateRevocation":true,` +
		`"configChannel":"__Booksleeve_MasterChanged","configCheckSeconds":60,"connectRetry":3,"connectTimeout":5000,"highIntegrity":false,` +
		`"keepAlive":60,"maintMovingEndpointType":"Auto","maintNotifications":"Disabled","maintPostEventRelaxed":20,"maintRelaxedTimeout":10,` +
		`"maintRelaxedWindowMax":30,"password":"*****","proxy":"None","resolveDns":false,"setlib":true,"ssl":false,"sslProtocols":3072,` +
		`"syncTimeout":5000,"tcpKeepAlive":true,"tiebreaker":"__Booksleeve_TieBreak","topologyRefreshSeconds":1800,"version":"6.0.0"}`
	for _, c := range []struct{ input, want string }{
		{"::1,!/r,x:y,password=p,sslProtocols=Tls12", `{"ok":true,"clients":[],` +
			`"endpoints":[{"kind":"ipv6","host":"::1","port":0},{"kind":"unix","path":"/r"}],` +
			`"effective":[{"kind":"ipv6","host":"::1","port":6379},{"kind":"unix","path":"/r"}],` +
			defaults + `,"dropped":["x:y"],"masked":"::1,!/r,x:y,password=*****,sslProtocols=Tls12"}`},
		{"password=p,sslProtocols=3072", `{"ok":true,"clients":[],"endpoints":[],"effective":[],` + defaults + `,"dropped":[],"masked":"password=*****,sslProtocols=3072"}`},
		{"h,x=secret", `{"ok":false,"error":{"exception":"ArgumentException","message":"Keyword 'x' is not supported. (Parameter 'x')"},"clients":[],"masked":"h,x=*****"}`},
	} {
		got, err := json.Marshal(redisconn.Explain(c.input))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != c.want {
			t.Errorf("%q:\n%s\nwant\n%s", c.input, got, c.want)
		}
	}
}

func TestExplainClients(t *testing.T) {
	x := redisconn.Explain("h,protocol=resp3,highIntegrity=true")
	if !x.OK || len(x.Clients) != 2 || x.Clients[0].Version != "2.6.96" || x.Clients[1].Version != "2.7.27" || x.Clients[1].OK {
		t.Errorf("%+v", x)
	}
	if want := "Keyword 'highIntegrity' is not supported. (Parameter 'highIntegrity')"; x.Clients[1].Message != want {
		t.Error(x.Clients[1].Message)
	}
	// A whole page of items does not take long.
	redisconn.Explain(strings.Repeat("pwd=x,host:y,", 1000))
	for _, v := range redisconn.Verdicts(many(100000)) {
		if !v.OK || len(v.Config.Endpoints) != 100000 {
			t.Error(v.Version, v.OK, len(v.Config.Endpoints))
		}
	}
}

// many returns a string of n endpoints.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("h" + itoa(i) + ",")
	}
	return b.String()
}

// TestExplainLinear explains a string that would be slow if secrets were looked
// for again at each endpoint.
func TestExplainLinear(t *testing.T) {
	const n = 30_000
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "h%d:6379,", i)
	}
	start := time.Now()
	x := redisconn.Explain(text.String() + "password=p")
	if took := time.Since(start); len(x.Endpoints) != n || took > 5*time.Second {
		t.Errorf("%d endpoints took %v", len(x.Endpoints), took)
	}
}
