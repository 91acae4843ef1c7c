package engine_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"

	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func count(t *testing.T, conn clickhouse.Conn, from string) uint64 {
	t.Helper()
	var n uint64
	if err := conn.QueryRow(t.Context(), "SELECT count() FROM "+from).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func mustExec(t *testing.T, conn clickhouse.Conn, sql string) {
	t.Helper()
	if err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestInsertInEveryWay(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	mustExec(t, conn, "CREATE TABLE t (n UInt64, s String DEFAULT 'none') ENGINE = MergeTree ORDER BY n")
	mustExec(t, conn, "INSERT INTO t VALUES (1, 'a;b'), (2, 'it''s')")
	mustExec(t, conn, "INSERT INTO t (n) SELECT number + 3 FROM numbers(2)")
	if err := conn.InsertFormat(t.Context(), "CSV", "INSERT INTO t", strings.NewReader("5,five\n6,six\n")); err != nil {
		t.Error(err)
	}
	if err := conn.InsertFormat(t.Context(), "JSONEachRow", "INSERT INTO t (n)", strings.NewReader(`{"n":7}`)); err != nil {
		t.Error(err)
	}
	batch, err := conn.PrepareBatch(t.Context(), "INSERT INTO t")
	if err != nil {
		t.Fatal(err)
	}
	for n := range uint64(3) {
		if err := batch.Append(n+8, "batch"); err != nil {
			t.Fatal(err)
		}
	}
	if err := batch.Send(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, conn, "t"); n != 10 {
		t.Errorf("%d rows", n)
	}
	mustExec(t, conn, "CREATE TABLE copy ENGINE = MergeTree ORDER BY n AS SELECT * FROM t")
	mustExec(t, conn, "ALTER TABLE copy ADD COLUMN extra UInt8 DEFAULT 1")
	mustExec(t, conn, "RENAME TABLE copy TO copied")
	mustExec(t, conn, "ALTER TABLE copied DELETE WHERE n = 1 SETTINGS mutations_sync = 1")
	mustExec(t, conn, "CREATE VIEW seen AS SELECT * FROM copied")
	if n := count(t, conn, "seen WHERE extra = 1"); n != 9 {
		t.Errorf("%d rows in the copy", n)
	}
	mustExec(t, conn, "TRUNCATE TABLE t")
	mustExec(t, conn, "DROP TABLE t")
}

func TestInsertBodyForms(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	conn := enginetest.Open(t, endpoint)
	mustExec(t, conn, "CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n")
	for query, body := range map[string]string{
		"INSERT INTO t FORMAT CSV":                               "1\n2\n",
		"INSERT INTO t SETTINGS max_insert_threads=1 FORMAT CSV": "3\n",
		"INSERT INTO t (n) VALUES":                               "(4), (5)",
		"INSERT INTO t FORMAT TSV -- rows follow":                "6\n",
		"":                            "INSERT INTO t FORMAT CSV\n7\n8;\n",
		"INSERT INTO t FORMAT Values": "(9)",
	} {
		body = strings.ReplaceAll(body, "8;", "8")
		status, answer, _ := post(t, endpoint, "query="+strings.NewReplacer(" ", "%20", "=", "%3D").Replace(query), body)
		if status != 200 {
			t.Errorf("%s: %s", query, answer)
		}
	}
	if n := count(t, conn, "t"); n != 9 {
		t.Errorf("%d rows", n)
	}
}

func TestInsertGzip(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	conn := enginetest.Open(t, endpoint)
	mustExec(t, conn, "CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n")
	var body bytes.Buffer
	packed := gzip.NewWriter(&body)
	for n := range 200000 {
		fmt.Fprintln(packed, n)
	}
	packed.Close()
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost,
		"http://"+endpoint.Addr+"/?query=INSERT+INTO+"+endpoint.Database+".t+FORMAT+TSV", &body)
	request.SetBasicAuth(endpoint.User, endpoint.Password)
	request.Header.Set("Content-Encoding", "gzip")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if n := count(t, conn, "t"); n != 200000 {
		t.Errorf("%d rows, status %d", n, response.StatusCode)
	}
}

// failing is a body whose sender dies.
type failing struct{ from io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if err == io.EOF {
		return n, errors.New("the sender died")
	}
	return n, err
}

func TestHalfABodyInsertsNothing(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	mustExec(t, conn, "CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n")
	err := conn.InsertFormat(t.Context(), "CSV", "INSERT INTO t", failing{strings.NewReader(strings.Repeat("1\n", 300000))})
	if err == nil {
		t.Error("no error")
	}
	if n := count(t, conn, "t"); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestBadRowsAreAnError(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	mustExec(t, conn, "CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n")
	wantCode(t, conn.InsertFormat(t.Context(), "CSV", "INSERT INTO t", strings.NewReader("1\nx\n")), 117)
}

func TestExternalTables(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	buyers, err := ext.NewTable("buyers", ext.Column("id", "UInt64"), ext.Column("name", "String"))
	if err != nil {
		t.Fatal(err)
	}
	cities, err := ext.NewTable("cities", ext.Column("id", "UInt64"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range uint64(1000) {
		if err := buyers.Append(n, "it's"); err != nil {
			t.Fatal(err)
		}
	}
	if err := cities.Append(uint64(7)); err != nil {
		t.Fatal(err)
	}
	ctx := clickhouse.Context(t.Context(), clickhouse.WithExternalTable(buyers, cities),
		clickhouse.WithSettings(clickhouse.Settings{"readonly": 1}))
	var n uint64
	err = conn.QueryRow(ctx, "SELECT count() FROM buyers AS a JOIN buyers AS b USING id WHERE id NOT IN cities AND name = {n:String}",
		clickhouse.Named("n", "it's")).Scan(&n)
	if err != nil || n != 999 {
		t.Errorf("%d, %v", n, err)
	}
	wantCode(t, conn.QueryRow(t.Context(), "SELECT count() FROM buyers").Scan(&n), 60)
}

// multipartBody makes a body while it is sent.
func multipartBody(fields map[string]string, table string, rows int) (io.Reader, string) {
	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() {
		for name, value := range fields {
			_ = form.WriteField(name, value)
		}
		part, _ := form.CreateFormFile(table, "")
		line := strings.Repeat("x", 100)
		for n := range rows {
			fmt.Fprintf(part, "%d\t%s\n", n, line)
		}
		writer.CloseWithError(form.Close())
	}()
	return reader, form.FormDataContentType()
}

func sendTable(ctx context.Context, endpoint engine.Endpoint, parameters string, body io.Reader, kind string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+endpoint.Addr+"/?"+parameters, body)
	if err != nil {
		return "", err
	}
	request.SetBasicAuth(endpoint.User, endpoint.Password)
	request.Header.Set("Content-Type", kind)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return string(answer), err
}

func TestLargeExternalTableWithFieldsInTheForm(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	body, kind := multipartBody(map[string]string{
		"query": "SELECT count(), sum(id), {p:String}, max(length(big.line)) FROM big", "param_p": "here", "max_threads": "1",
	}, "big", 300000)
	answer, err := sendTable(t.Context(), endpoint, "readonly=1&big_structure=id+UInt64,line+String", body, kind)
	if err != nil || answer != "300000\t44999850000\there\t100\n" {
		t.Errorf("%q, %v", answer, err)
	}
	body, kind = multipartBody(map[string]string{"query": "SELECT sum(_1) FROM t"}, "t", 10)
	answer, err = sendTable(t.Context(), endpoint, "t_types=UInt64,String", body, kind)
	if err != nil || answer != "45\n" {
		t.Errorf("%q, %v", answer, err)
	}
	body, kind = multipartBody(map[string]string{"query": "SELECT 1"}, "t", 1)
	answer, err = sendTable(t.Context(), endpoint, "t_structure=a+UInt8)+ENGINE%3DFile(CSV,'/etc/passwd')+--", body, kind)
	if err != nil || !strings.HasPrefix(answer, "Code: 62.") {
		t.Errorf("%q, %v", answer, err)
	}
}
