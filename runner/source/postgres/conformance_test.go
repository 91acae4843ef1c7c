package postgres_test

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestConformance(t *testing.T) {
	t.Parallel()
	sourcetest.Run(t, driver())
}

func driver() sourcetest.Driver {
	return sourcetest.Driver{
		Open:    func(t testing.TB) source.Source { return open(t, pgtest.DSN(t)) },
		Nowhere: nowhere,
		Numbers: func(count int) string {
			return fmt.Sprintf("SELECT generate_series(0::bigint, %d) AS n", count-1)
		},
		FailAt: func(at int) string {
			return fmt.Sprintf("SELECT 1 / (n - %d) AS n FROM (SELECT generate_series(0::bigint, 100000000) AS n) AS x", at)
		},
		Endless:     "SELECT 'x' AS v FROM pg_sleep(3600)",
		Each:        [2]string{"SELECT unnest(", ") AS v"},
		CreateTable: "CREATE TABLE t (id bigint); CREATE SEQUENCE s; CREATE FUNCTION add() RETURNS bigint LANGUAGE sql AS 'INSERT INTO t VALUES (2) RETURNING id'",
		Writes: []string{
			"INSERT INTO t (id) VALUES (2)", "INSERT INTO t (id) VALUES (2) RETURNING id", "UPDATE t SET id = 2", "DELETE FROM t", "TRUNCATE t", "DROP TABLE t",
			"WITH x AS (INSERT INTO t VALUES (2) RETURNING id) SELECT * FROM x", "WITH x AS (DELETE FROM t RETURNING id) SELECT * FROM x",
			"SELECT 2 AS id INTO t2", "CREATE TABLE t2 AS SELECT 1 AS id", "SELECT add()", "SELECT nextval('s')", "SELECT setval('s', 9)",
			"COMMIT", "ROLLBACK", "COMMIT; DROP TABLE t", "SELECT 1 AS v; DROP TABLE t", "DO $$ BEGIN INSERT INTO t VALUES (2); END $$", "CALL x()",
			"SET TRANSACTION READ WRITE", "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", "BEGIN", "SAVEPOINT x", "LOCK TABLE t", "VACUUM", "PREPARE x AS SELECT 1",
			"COPY t TO STDOUT", "COPY t FROM PROGRAM 'echo 2'", "COPY (SELECT 1) TO PROGRAM 'id'", "EXPLAIN ANALYZE INSERT INTO t VALUES (2)", "SHOW all", "LISTEN x", "DISCARD ALL", "RESET ALL",
			"DECLARE c CURSOR FOR SELECT 1", "FETCH ALL FROM c", "EXECUTE x", "SELECT set_config('transaction_read_only', 'off', false)",
			"SELECT set_config('transaction_read_only', 'off', true)", "SELECT lo_create(0)", "SELECT lo_export(1, '/tmp/x')", "SELECT id FROM t FOR UPDATE",
			"SELECT query_to_xml('DELETE FROM t', true, true, '')",
		},
		Escapes: []string{
			"SELECT set_config('default_transaction_read_only', 'off', false)", "SELECT set_config('session_replication_role', 'replica', false)",
			"SELECT set_config('search_path', 'pg_temp', false)", "SELECT pg_advisory_lock(1)",
		},
		Orders: []string{
			"CREATE TABLE orders (id bigint PRIMARY KEY, city text); COMMENT ON TABLE orders IS 'What was bought'; COMMENT ON COLUMN orders.id IS 'Number'",
			"INSERT INTO orders VALUES (1, 'Riga'), (2, 'Oslo'); ANALYZE orders", "CREATE VIEW recent AS SELECT id FROM orders",
		},
		HoldsText: func(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) },
	}
}

func open(t testing.TB, dsn string) *postgres.Source {
	t.Helper()
	s, err := postgres.Open(t.Context(), postgres.Options{Name: "billing", DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

var nowhere = map[string]func(testing.TB) source.Source{
	"nobody listens": func(t testing.TB) source.Source {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
		return open(t, "postgres://reader:hunter2@"+l.Addr().String()+"/shop")
	},
	"silent": func(t testing.TB) source.Source {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		return open(t, "postgres://reader:hunter2@"+l.Addr().String()+"/shop?connect_timeout=1")
	},
	"no such host": func(t testing.TB) source.Source {
		return open(t, "postgres://reader:hunter2@no-such-host.invalid/shop")
	},
	"no such database": func(t testing.TB) source.Source {
		return open(t, strings.Replace(pgtest.DSN(t), "/test_", "/absent_", 1))
	},
	"no such socket": func(t testing.TB) source.Source {
		return open(t, "host="+t.TempDir()+" user=reader password=hunter2")
	},
}
