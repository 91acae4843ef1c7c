package clickhouse_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

func TestConformance(t *testing.T) {
	t.Parallel()
	sourcetest.Run(t, driver())
}

func driver() sourcetest.Driver {
	return sourcetest.Driver{
		Open:    func(t testing.TB) source.Source { return open(t) },
		Nowhere: nowhere,
		Numbers: func(count int) string { return fmt.Sprintf("SELECT toInt64(number) AS n FROM numbers(%d)", count) },
		FailAt: func(at int) string {
			return fmt.Sprintf("SELECT throwIf(number = %d, 'row of failure') AS n FROM numbers(100000000)", at)
		},
		Endless:     "SELECT count() AS v FROM system.numbers WHERE NOT ignore(cityHash64(number))",
		Hungry:      "SELECT number AS v FROM numbers(50000000) GROUP BY number ORDER BY v",
		Each:        [2]string{"SELECT arrayJoin(", ") AS v"},
		CreateTable: "CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id",
		Writes: []string{
			"INSERT INTO t (id) VALUES (2)", "INSERT INTO t SELECT 2", "ALTER TABLE t DELETE WHERE 1", "DROP TABLE t", "TRUNCATE TABLE t",
			"CREATE TABLE t2 (id Int64) ENGINE = Memory", "CREATE DATABASE other", "DETACH TABLE t", "RENAME TABLE t TO u", "OPTIMIZE TABLE t FINAL",
			"SYSTEM DROP MARK CACHE", "SET readonly = 0", "SELECT 1 AS v SETTINGS readonly = 0", "SELECT 1 AS v SETTINGS max_execution_time = 77",
		},
		Outside: []string{
			"SELECT * FROM file('/etc/passwd', 'LineAsString')", "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
			"SELECT * FROM executable('id', 'LineAsString', 'x String')", "SELECT * FROM remote('127.0.0.1:1', system.one)",
			"SELECT 1 AS v INTO OUTFILE '/tmp/vitrina-escape'",
		},
		Orders: []string{
			"CREATE TABLE orders (id Int64 COMMENT 'Number', city LowCardinality(String)) ENGINE = MergeTree ORDER BY id COMMENT 'What was bought'",
			"INSERT INTO orders VALUES (1, 'Riga'), (2, 'Oslo')", "CREATE VIEW recent AS SELECT id FROM orders",
		},
		ListsLong:  true,
		LimitsRows: true,
	}
}

func open(t testing.TB) *clickhouse.Source {
	t.Helper()
	e := enginetest.Endpoint(t)
	return openWith(t, clickhouse.Options{Addr: e.Addr, User: e.User, Password: e.Password, Database: e.Database})
}

func openWith(t testing.TB, o clickhouse.Options) *clickhouse.Source {
	t.Helper()
	if o.Name == "" {
		o.Name = "warehouse"
	}
	s, err := clickhouse.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// silent takes connections and says nothing.
func silent(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

var nowhere = map[string]func(testing.TB) source.Source{
	"nobody listens": func(t testing.TB) source.Source {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
		return openWith(t, clickhouse.Options{DSN: "http://reader:hunter2@" + l.Addr().String() + "/shop"})
	},
	"no such host": func(t testing.TB) source.Source {
		return openWith(t, clickhouse.Options{DSN: "http://reader:hunter2@no-such-host.invalid:8123/shop"})
	},
	"wrong password": func(t testing.TB) source.Source {
		e := enginetest.Endpoint(t)
		return openWith(t, clickhouse.Options{DSN: strings.Replace(e.DSN(), ":"+e.Password+"@", ":hunter2@", 1)})
	},
	"silent": func(t testing.TB) source.Source {
		return openWith(t, clickhouse.Options{DSN: "http://reader:hunter2@" + silent(t) + "/shop?dial_timeout=300ms"})
	},
	"another server": func(t testing.TB) source.Source {
		server := httptest.NewServer(http.NotFoundHandler())
		t.Cleanup(server.Close)
		return openWith(t, clickhouse.Options{DSN: strings.Replace(server.URL, "http://", "http://reader:hunter2@", 1)})
	},
	"not over TLS": func(t testing.TB) source.Source {
		e := enginetest.Endpoint(t)
		return openWith(t, clickhouse.Options{DSN: "https://reader:hunter2@" + e.Addr})
	},
}
