package postgres_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

func TestAnAddressThatIsWrongIsToldInWords(t *testing.T) {
	t.Parallel()
	var strangers sourcetest.Strangers
	clickHouse := strangers.Answers(t, false, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-ClickHouse-Summary", "{}")
		_, _ = w.Write([]byte("Ok.\n"))
	})
	for name, c := range map[string]struct {
		addr, tail, want string
	}{
		"no such host": {"nowhere.invalid:5432", "", "No host of the name nowhere.invalid is known: check its spelling."},
		"nobody":       {strangers.Nobody(t), "", "Postgres does not answer at {addr}: the connection was refused; is the server running, and is the port right?"},
		"silent":       {strangers.Silent(t), "", "Something takes connections at {addr}, but does not answer in time: check the port, usually 5432."},
		"native":       {strangers.Native(t), "", "{addr} is a ClickHouse: choose the driver clickhouse, or give the address of a Postgres."},
		"ClickHouse":   {clickHouse, "", "{addr} is a ClickHouse: choose the driver clickhouse, or give the address of a Postgres."},
		"a web server": {strangers.Web(t), "", "A web server answers at {addr}, but it is no Postgres: check host and port, usually 5432."},
		"no TLS": {strangers.Postgres(t), "?sslmode=require",
			"Postgres at {addr} does not speak TLS: let TLS be switched on there, or write sslmode=disable in the address."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told(t, "postgres://reader:hunter2@"+c.addr+"/shop"+c.tail, strings.ReplaceAll(c.want, "{addr}", c.addr))
		})
	}
}

// told is an address that does not work and what is said about it.
func told(t *testing.T, dsn, want string) {
	t.Helper()
	s, err := postgres.Open(t.Context(), postgres.Options{Name: "billing", DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	_, err = s.Test(ctx)
	if err == nil || err.Error() != want || fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestASourceThatAnswersTellsWhatItIs(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	s := open(t, dsn)
	if err := s.Exec(t.Context(), "CREATE TABLE shops (id int); CREATE VIEW cities AS SELECT 1 AS id"); err != nil {
		t.Fatal(err)
	}
	found, err := s.Test(t.Context())
	if err != nil || found.Product != "Postgres" || found.Version == "" || found.Tables != 2 {
		t.Errorf("got %+v, %v", found, err)
	}
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/nowhere"
	at := address.Host
	if folder := address.Query().Get("host"); folder != "" {
		at = folder
	}
	told(t, address.String(), "Postgres answers at "+at+`, but has no such database, or the user may not see it: database "nowhere" does not exist.`)
}
