package clickhouse_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

// exception answers as ClickHouse does with an error.
func exception(code, message string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-ClickHouse-Exception-Code", code)
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(message))
	}
}

func TestAnAddressThatIsWrongIsToldInWords(t *testing.T) {
	t.Parallel()
	var strangers sourcetest.Strangers
	clickHouse := exception("516", "Code: 516. DB::Exception: reader: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)")
	for name, c := range map[string]struct {
		scheme, addr, want string
	}{
		"no such host":        {"http", "nowhere.invalid:8123", "No host of the name nowhere.invalid is known: check its spelling."},
		"nobody":              {"http", strangers.Nobody(t), "ClickHouse does not answer at {addr}: the connection was refused; is the server running, and is the port right?"},
		"silent":              {"http", strangers.Silent(t), "Something takes connections at {addr}, but does not answer in time: check the port, usually 8123, or 8443 for HTTPS."},
		"silent to TLS":       {"https", strangers.Silent(t), "Something takes connections at {addr}, but does not answer in time: check the port, usually 8123, or 8443 for HTTPS."},
		"native":              {"http", strangers.Native(t), "{addr} is ClickHouse's native port: use the HTTP port, usually 8123, or 8443 for HTTPS."},
		"native over TLS":     {"https", strangers.Native(t), "{addr} is ClickHouse's native port: use the HTTP port, usually 8123, or 8443 for HTTPS."},
		"a Postgres":          {"http", strangers.Postgres(t), "{addr} is a Postgres: choose the driver postgres, or give the address of a ClickHouse."},
		"a web server":        {"http", strangers.Web(t), "A web server answers at {addr}, but it is no ClickHouse: check host and port, usually 8123, or 8443 for HTTPS."},
		"HTTPS alone":         {"http", strangers.Answers(t, true, clickHouse), "{addr} speaks HTTPS alone: begin the address with https://."},
		"plain alone":         {"https", strangers.Answers(t, false, clickHouse), "ClickHouse at {addr} speaks plain HTTP: begin the address with http://, not https://."},
		"strange certificate": {"https", strangers.Answers(t, true, clickHouse), "A server answers at {addr}, but its TLS certificate is not trusted here: x509: certificate signed by unknown authority."},
		"wrong password":      {"http", strangers.Answers(t, false, clickHouse), "ClickHouse answers at {addr}, but the user or the password is wrong."},
		"no such database": {"http", strangers.Answers(t, false, exception("81", "Code: 81. DB::Exception: Database shop does not exist. (UNKNOWN_DATABASE)")),
			"ClickHouse answers at {addr}, but has no such database, or the user may not see it: Database shop does not exist (UNKNOWN_DATABASE, code 81)."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := clickhouse.Open(t.Context(), clickhouse.Options{Name: "shop", DSN: c.scheme + "://reader:hunter2@" + c.addr + "/shop"})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Close() }()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			_, err = s.Test(ctx)
			if want := strings.ReplaceAll(c.want, "{addr}", c.addr); err == nil || err.Error() != want || fault.CodeOf(err) != fault.Unavailable {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

func TestASourceThatAnswersTellsWhatItIs(t *testing.T) {
	t.Parallel()
	found, err := open(t).Test(t.Context())
	if err != nil || found.Product != "ClickHouse" || found.Version == "" || found.Tables < 0 {
		t.Errorf("got %+v, %v", found, err)
	}
}
