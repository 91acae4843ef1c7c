package engine_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// What a report may not do, whatever it writes. %s is a file with a secret, %[2]s the address of a server that must not be asked.
var escapes = []string{
	"INSERT INTO t VALUES (2)",
	"INSERT INTO t SELECT 2",
	"CREATE TABLE u (n UInt8) ENGINE = Memory",
	"DROP TABLE t",
	"ALTER TABLE t DELETE WHERE 1",
	"TRUNCATE TABLE t",
	"SET readonly = 0",
	"SET max_threads = 1",
	"SELECT 1 SETTINGS readonly = 0",
	"SELECT * FROM (SELECT 1 SETTINGS readonly = 0)",
	"SELECT * FROM (SELECT 1 SETTINGS join_use_nulls, `read\\x6fnly` == 0)",
	"SELECT * FROM executable('cat', 'TSV', 'a String', SETTINGS readonly = 0)",
	"SELECT 1; DROP TABLE t",
	"SELECT 1;; DROP TABLE t",
	"SELECT 1 /* ; */; DROP TABLE t",
	"SELECT 1 INTO OUTFILE '/tmp/vitrina-escape'",
	"SELECT 1 into/**/outfile '/tmp/vitrina-escape' TRUNCATE",
	"SELECT 1 INTO -- \n OUTFILE '/tmp/vitrina-escape' AND STDOUT",
	"INSERT INTO t FROM INFILE '%s' FORMAT CSV",
	"SELECT file('%s')",
	"SELECT file\n/* x */('%s')",
	"SELECT `file`('%s')",
	`SELECT "fi\x6ce"('%s')`,
	"SELECT “file”('%s')",
	"SELECT * APPLY(file) FROM (SELECT '%s' AS a)",
	"SELECT * APPLY file FROM (SELECT '%s' AS a)",
	"SELECT COLUMNS('a') APPLY(file) FROM (SELECT '%s' AS a)",
	"SELECT arrayMap(file, ['%s'])",
	"WITH file AS f SELECT arrayMap(f, ['%s'])",
	"SELECT arrayMap(x -> file(x), ['%s'])",
	"EXPLAIN SELECT file('%s')",
	"CREATE FUNCTION leak AS (x) -> file(x)",
	"CREATE TEMPORARY TABLE leak AS SELECT file('%s')",
	"SELECT * FROM file('%s', 'LineAsString')",
	"SELECT * FROM file('%s', 'RawBLOB')",
	"SELECT * FROM '%s'",
	"SELECT * FROM default.`%s`",
	"SELECT * FROM fileCluster('default', '%s', 'LineAsString')",
	"DESCRIBE TABLE file('%s', 'LineAsString')",
	"SELECT * FROM executable('cat %s', 'LineAsString', 'a String')",
	"SELECT * FROM sqlite('%s', 't')",
	"SELECT * FROM filesystem('%s')",
	"SELECT * FROM icebergLocal('%s')",
	"SELECT * FROM deltaLakeLocal('%s')",
	"SELECT catboostEvaluate('%s', 1.0)",
	"SELECT * FROM merge('default', '.*')",
	"SELECT * FROM url('http://%[2]s/x', 'LineAsString')",
	"SELECT * FROM urlCluster('default', 'http://%[2]s/x', 'LineAsString')",
	"SELECT * FROM s3('http://%[2]s/bucket/x', 'LineAsString')",
	"SELECT * FROM gcs('http://%[2]s/bucket/x', 'LineAsString')",
	"SELECT * FROM azureBlobStorage('http://%[2]s/', 'c', 'b')",
	"SELECT * FROM hdfs('hdfs://%[2]s/x', 'LineAsString')",
	"SELECT * FROM remote('%[2]s', 'system.one')",
	"SELECT * FROM remoteSecure('%[2]s', 'system.one')",
	"SELECT * FROM cluster('default', 'system.one')",
	"SELECT * FROM mysql('%[2]s', 'a', 'b', 'c', 'd')",
	"SELECT * FROM postgresql('%[2]s', 'a', 'b', 'c', 'd')",
	"SELECT * FROM mongodb('%[2]s', 'a', 'b', 'c', 'd', 'e String')",
	"SELECT * FROM redis('%[2]s', 'k', 'k String')",
	"SELECT * FROM odbc('DSN=x', 'a', 'b')",
	"SELECT * FROM jdbc('jdbc:x', 'a', 'b')",
	"SELECT aiGenerate('x')",
	"SELECT hasColumnInTable('%[2]s', 'user', 'password', 'system', 'one', 'dummy')",
	"SELECT addressToLine(1)",
	"SELECT * FROM system.stack_trace",
	"SELECT * FROM merge('system', '^stack_trace$')",
	"INSERT INTO t VALUES (1); DROP TABLE t",
	"SYSTEM SHUTDOWN",
	"SYSTEM RELOAD CONFIG",
	"BACKUP TABLE t TO File('/tmp/vitrina-escape')",
	"CREATE USER x",
	"GRANT ALL ON *.* TO default",
	"EXECUTE AS default SELECT 1",
}

func TestReportsCannotEscape(t *testing.T) {
	t.Parallel()
	var asked atomic.Bool
	outside := httptest.NewUnstartedServer(nil)
	outside.Config.ConnState = func(net.Conn, http.ConnState) { asked.Store(true) }
	outside.Start()
	defer outside.Close()
	secret := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(secret, []byte("SECRET7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	endpoint := enginetest.Endpoint(t)
	conn := enginetest.Open(t, endpoint)
	mustExec(t, conn, "CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n AS SELECT 1")
	for _, readonly := range []string{"1", "2"} {
		for _, escape := range escapes {
			if readonly == "2" && strings.Contains(escape, "SET max_threads") {
				continue // which readonly=2 allows
			}
			sql := regexp.MustCompile(`%s|%\[2\]s`).ReplaceAllStringFunc(escape, func(verb string) string {
				return map[bool]string{true: secret, false: strings.TrimPrefix(outside.URL, "http://")}[verb == "%s"]
			})
			status, body, _ := post(t, endpoint, "readonly="+readonly, sql)
			if status == 200 || strings.Contains(body, "SECRET7") {
				t.Errorf("readonly=%s: %s: %d %.300s", readonly, sql, status, body)
			}
		}
	}
	if n := count(t, conn, "t"); n != 1 {
		t.Errorf("%d rows", n)
	}
	if asked.Load() {
		t.Error("a query reached the network")
	}
	if _, err := os.Stat("/tmp/vitrina-escape"); err == nil {
		t.Error("a query wrote a file")
	}
}

// Loading data is allowed to write, and still reaches nothing but the engine's own folder.
func TestWritersStayInTheFolder(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	secret := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(secret, []byte("SECRET7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"SELECT file('%s')",
		"INSERT INTO FUNCTION null('s String') VALUES (file('%s'))",
		"INSERT INTO FUNCTION null('s String') VALUES ('x'); SELECT 1",
		"CREATE TABLE a (s String) ENGINE = File(LineAsString, '%s')",
		"CREATE TABLE a (s String) ENGINE = URL('http://127.0.0.1:1/', 'LineAsString')",
		"CREATE TABLE a (s String) ENGINE = S3('http://127.0.0.1:1/b/c', 'LineAsString')",
		"CREATE TABLE a (s String) ENGINE = PostgreSQL('127.0.0.1:1', 'a', 'b', 'c', 'd')",
		"CREATE TABLE a (s String) ENGINE = Distributed('default', 'a', 'b')",
		"CREATE TABLE a ENGINE = Memory AS SELECT * FROM file('%s', 'LineAsString')",
		"CREATE DATABASE a ENGINE = Filesystem('/')",
		"CREATE DATABASE a ENGINE = PostgreSQL('127.0.0.1:1', 'a', 'b', 'c')",
		"CREATE DICTIONARY a (k UInt64, v String) PRIMARY KEY k SOURCE(FILE(path '%s' format 'CSV')) LAYOUT(FLAT()) LIFETIME(0)",
		"CREATE DICTIONARY a (k UInt64, v String) PRIMARY KEY k SOURCE(EXECUTABLE(command 'id' format 'CSV')) LAYOUT(FLAT()) LIFETIME(0)",
		"INSERT INTO FUNCTION file('%s') SELECT 1",
		"INSERT INTO FUNCTION url('http://127.0.0.1:1/', 'CSV') SELECT 1",
		"SET dialect = 'kusto'",
	} {
		if strings.Contains(sql, "%s") {
			sql = fmt.Sprintf(sql, secret)
		}
		if status, body, _ := post(t, endpoint, "", sql); status == 200 {
			t.Errorf("%s: %d %.300s", sql, status, body)
		}
	}
	status, body, _ := post(t, endpoint, "dialect=kusto", "SELECT 1")
	if status == 200 {
		t.Errorf("dialect=kusto: %d %s", status, body)
	}
}

// The name alone is enough to be refused, before the engine looks at its rights.
func TestTableFunctionsOfSources(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	for _, name := range []string{"executable", "`executable`", "Executable", "url", "s3Cluster", "remoteSecure", "mysql", "sqlite", "input", "icebergLocal"} {
		status, body, _ := post(t, endpoint, "readonly=1", "SELECT * FROM "+name+" ('x', 'TSV', 'a String')")
		if status == 200 || !strings.Contains(body, "is not for queries that only read") {
			t.Errorf("%s: %d %.300s", name, status, body)
		}
	}
}

// A report sees neither what others ask nor the values they ask with; the owner of the engine does.
func TestQueriesOfOthersAreHidden(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	conn := enginetest.Open(t, endpoint)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	id := uuid.NewString()
	ended := begin(ctx, conn, id)
	await(t, conn, id, true)
	for sql, parameters := range map[string]string{
		"SHOW PROCESSLIST":                                   "",
		"SHOW FULL PROCESSLIST":                              "",
		"SELECT * FROM system.processes":                     "",
		"SELECT * FROM `system` . \"processes\"":             "",
		"SELECT * FROM {db:Identifier}.processes":            "&param_db=system",
		"SELECT * FROM {db:Identifier}.{t:Identifier}":       "&param_db=system&param_t=processes",
		"SELECT * FROM merge('system', '^processes$')":       "",
		"SELECT * FROM loop(system.processes) LIMIT 3":       "",
		"SELECT * FROM view(SELECT * FROM system.processes)": "",
		"KILL QUERY WHERE read_rows > 0 TEST":                "",
		"KILL QUERY WHERE query_id = '" + id + "' TEST":      "",
	} {
		for _, level := range []string{"1", "2"} {
			_, body, _ := post(t, endpoint, "readonly="+level+parameters, sql)
			if strings.Contains(body, "sipHash64") || strings.Contains(strings.ReplaceAll(body, sql, ""), id) {
				t.Errorf("readonly=%s: %s: %.500s", level, sql, body)
			}
		}
	}
	if n := count(t, conn, "system.processes WHERE query LIKE '%sipHash64%' AND query_id = '"+id+"'"); n != 1 {
		t.Errorf("the owner sees %d", n)
	}
	cancel()
	<-ended
}

// What the system keeps of queries, errors and folders is empty for reports.
func TestTablesThatTellOfOthersAreEmpty(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	conn := enginetest.Open(t, endpoint)
	for _, table := range []string{"errors", "query_cache", "asynchronous_inserts", "user_processes", "server_settings", "disks", "user_directories", "warnings"} {
		status, body, _ := post(t, endpoint, "readonly=1", "SELECT count() FROM system."+table)
		if status != 200 || body != "0\n" {
			t.Errorf("%s: %d %s", table, status, body)
		}
	}
	if count(t, conn, "system.server_settings") == 0 {
		t.Error("the owner does not see the settings of the engine")
	}
	for _, sql := range []string{"SHOW ACCESS", "SHOW USERS", "SHOW CREATE USER default", "SHOW ROLES", "SELECT * FROM system.users", "SELECT * FROM system.query_log",
		"SHOW CREATE ROW POLICY default ON system.processes"} {
		if status, body, _ := post(t, endpoint, "readonly=1", sql); status == 200 {
			t.Errorf("%s: %.300s", sql, body)
		}
	}
}

// What reports need works read-only.
func TestReportsMayRead(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	conn := enginetest.Open(t, endpoint)
	mustExec(t, conn, "CREATE TABLE t (n UInt64, file String) ENGINE = MergeTree ORDER BY n AS SELECT 1, 'x'")
	mustExec(t, conn, "CREATE DICTIONARY names (n UInt64, file String) PRIMARY KEY n SOURCE(CLICKHOUSE(TABLE 't' DB '"+endpoint.Database+"')) LAYOUT(FLAT()) LIFETIME(0)")
	for sql, want := range map[string]string{
		"SELECT t.file FROM t":                                       "x\n",
		"SELECT 'file(1)' AS a -- file(":                             "file(1)\n",
		"SELECT dictGet('names', 'file', toUInt64(1))":               "x\n",
		"SELECT count() FROM system.processes WHERE query_id='?'":    "0\n",
		"SELECT count() FROM (SELECT 1 SETTINGS join_use_nulls = 1)": "1\n",
		"SELECT format('{}', 'x'), url FROM (SELECT 1 AS url)":       "x\t1\n",
		"SELECT number FROM numbers(1)":                              "0\n",
		"SELECT * FROM values('a UInt8', 1)":                         "1\n",
		"SELECT * FROM generateSeries(1, 1)":                         "1\n",
		"KILL QUERY WHERE query_id = 'absent'":                       "",
		"SELECT 1 AS outfile, 2 AS infile":                           "1\t2\n",
	} {
		if status, body, _ := post(t, endpoint, "readonly=1", sql); status != 200 || body != want {
			t.Errorf("%s: %d %q", sql, status, body)
		}
	}
}
