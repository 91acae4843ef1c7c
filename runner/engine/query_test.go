package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func TestTypedScans(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	moment := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
	type row struct {
		U8      uint8             `ch:"u8"`
		I64     int64             `ch:"i64"`
		F64     float64           `ch:"f64"`
		Text    string            `ch:"text"`
		Fixed   string            `ch:"fixed"`
		Low     string            `ch:"low"`
		Maybe   *string           `ch:"maybe"`
		Day     time.Time         `ch:"day"`
		Moment  time.Time         `ch:"moment"`
		Precise time.Time         `ch:"precise"`
		Dec     decimal.Decimal   `ch:"dec"`
		List    []string          `ch:"list"`
		Map     map[string]uint64 `ch:"map"`
		Truth   bool              `ch:"truth"`
		Kind    string            `ch:"kind"`
		ID      string            `ch:"id"`
		Pair    []any             `ch:"pair"`
	}
	var got row
	err := conn.QueryRow(t.Context(), `SELECT
		toUInt8(7) AS u8, toInt64(-9007199254740993) AS i64, 0.5 AS f64, 'a\n''b' AS text, toFixedString('ab', 2) AS fixed,
		toLowCardinality('low') AS low, CAST(NULL AS Nullable(String)) AS maybe, toDate('2025-03-04') AS day,
		toDateTime('2025-03-04 05:06:07', 'UTC') AS moment, toDateTime64('2025-03-04 05:06:07.123', 3, 'UTC') AS precise,
		toDecimal64('12.34', 2) AS dec, ['x', 'y'] AS list, map('k', toUInt64(1)) AS map, true AS truth,
		CAST('b' AS Enum8('a' = 1, 'b' = 2)) AS kind, '61f0c404-5cb3-11e7-907b-a6006ad3dba0'::UUID::String AS id,
		tuple(toUInt8(1), 'one') AS pair`).ScanStruct(&got)
	if err != nil {
		t.Fatal(err)
	}
	want := row{
		U8: 7, I64: -9007199254740993, F64: 0.5, Text: "a\n'b", Fixed: "ab", Low: "low",
		Day: moment.Truncate(24 * time.Hour), Moment: moment, Precise: moment.Add(123 * time.Millisecond),
		Dec: decimal.RequireFromString("12.34"), List: []string{"x", "y"}, Map: map[string]uint64{"k": 1}, Truth: true, Kind: "b",
		ID: "61f0c404-5cb3-11e7-907b-a6006ad3dba0", Pair: []any{uint8(1), "one"},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(decimal.Decimal.Equal), cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Error(diff)
	}
}

func TestRowsOfManyBlocks(t *testing.T) {
	t.Parallel()
	rows, err := enginetest.Database(t).Query(t.Context(), "SELECT number FROM numbers(500000)")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	next := uint64(0)
	for rows.Next() {
		var n uint64
		if err := rows.Scan(&n); err != nil || n != next {
			t.Fatalf("row %d is %d: %v", next, n, err)
		}
		next++
	}
	if rows.Err() != nil || next != 500000 {
		t.Fatalf("%d rows: %v", next, rows.Err())
	}
}

// A format with header and footer is one document, however many blocks the result has.
func TestFormatsAreOneDocument(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	const rows = 300000
	read := func(t *testing.T, format, sql string) []byte {
		t.Helper()
		stream, err := conn.QueryFormat(t.Context(), format, sql)
		if err != nil {
			t.Fatal(err)
		}
		defer stream.Close()
		data, err := io.ReadAll(stream)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	sql := fmt.Sprintf("SELECT number AS n, toString(number) AS s FROM numbers(%d) ORDER BY n", rows)

	t.Run("JSON", func(t *testing.T) {
		var document struct {
			Data []struct{ N uint64 }
			Rows int
		}
		if err := json.Unmarshal(read(t, "JSON", sql), &document); err != nil {
			t.Fatal(err)
		}
		if document.Rows != rows || len(document.Data) != rows {
			t.Errorf("%d rows told, %d there", document.Rows, len(document.Data))
		}
	})
	t.Run("CSVWithNames", func(t *testing.T) {
		data := read(t, "CSVWithNames", sql)
		if !bytes.HasPrefix(data, []byte("\"n\",\"s\"\n0,\"0\"\n")) || bytes.Count(data, []byte("\n")) != rows+1 {
			t.Errorf("%d lines: %.40s…", bytes.Count(data, []byte("\n")), data)
		}
	})
	t.Run("CSVWithNames of nothing", func(t *testing.T) {
		if data := read(t, "CSVWithNames", sql+" LIMIT 0"); string(data) != "\"n\",\"s\"\n" {
			t.Errorf("%q", data)
		}
	})
	t.Run("Parquet", func(t *testing.T) {
		data := read(t, "Parquet", sql)
		file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if file.NumRows() != rows {
			t.Errorf("%d rows", file.NumRows())
		}
	})
	t.Run("RowBinaryWithNamesAndTypes", func(t *testing.T) {
		data := read(t, "RowBinaryWithNamesAndTypes", "SELECT toUInt8(number) AS n FROM numbers(200000)")
		head := "\x01\x01n\x05UInt8"
		if !bytes.HasPrefix(data, []byte(head)) || len(data) != len(head)+200000 {
			t.Errorf("%d bytes, beginning with %q", len(data), data[:min(len(data), 12)])
		}
	})
	t.Run("Native", func(t *testing.T) {
		if data := read(t, "Native", "SELECT toUInt8(number) AS n FROM numbers(10)"); !bytes.Contains(data, []byte("\x01n\x05UInt8\x00\x01\x02")) {
			t.Errorf("%q", data)
		}
	})
}

func TestNamedParameters(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	nasty := []string{"it's", `back\slash`, "tab\tline\nreturn\r", "", "'); DROP TABLE x; --", "naïve ☂", `\N`, "null\x00byte"}
	for _, text := range nasty {
		var got string
		if err := conn.QueryRow(t.Context(), "SELECT {text:String}", clickhouse.Named("text", text)).Scan(&got); err != nil || got != text {
			t.Errorf("%q became %q: %v", text, got, err)
		}
	}
	var list []string
	err := conn.QueryRow(t.Context(), "SELECT {list:Array(String)}", clickhouse.Named("list", nasty)).Scan(&list)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(nasty, list); diff != "" {
		t.Error(diff)
	}
}

func TestMissingParameterIs456(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	ctx := clickhouse.Context(t.Context(), clickhouse.WithParameters(clickhouse.Parameters{"other": "1"}))
	var n int64
	wantCode(t, conn.QueryRow(ctx, "SELECT {absent:Int64}").Scan(&n), 456)
}

func TestSettingsStayWithTheirQuery(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	ask := "SELECT toUInt64(getSetting('max_block_size'))"
	ctx := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_block_size": 1234}))
	var with, without uint64
	if err := conn.QueryRow(ctx, ask).Scan(&with); err != nil {
		t.Fatal(err)
	}
	if err := conn.QueryRow(t.Context(), ask).Scan(&without); err != nil {
		t.Fatal(err)
	}
	if with != 1234 || without == 1234 {
		t.Errorf("with the setting %d, without it %d", with, without)
	}
}

func TestErrorsHaveClickHousesCode(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	for sql, code := range map[string]int32{
		"SELEC 1":                                   62,
		"SELECT 1; SELECT 2":                        62,
		"SELECT * FROM absent":                      60,
		"SELECT absent":                             47,
		"SELECT absent(1)":                          46,
		"SELECT toDate('x')":                        38,
		"SELECT 1 SETTINGS absent = 1":              115,
		"SELECT throwIf(1)":                         395,
		"SELECT * FROM absent.absent":               81,
		"DROP TABLE absent":                         60,
		"CREATE TABLE t (a Absent) ENGINE = Memory": 50,
		"SELECT 1 INTO OUTFILE '/tmp/x'":            1,
	} {
		wantCode(t, conn.Exec(t.Context(), sql), code)
	}
	ctx := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"absent_setting": 1}))
	wantCode(t, conn.Exec(ctx, "SELECT 1"), 115)
}

func wantCode(t *testing.T, err error, code int32) {
	t.Helper()
	var e *clickhouse.Exception
	if !errors.As(err, &e) || e.Code != code || e.CodeName == "" {
		t.Errorf("want code %d with its name, got %v", code, err)
	}
}

// A client that has got rows already must learn that there should have been more.
func TestErrorBehindRows(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	for _, format := range []string{"CSV", "JSON", "JSONEachRow", "Parquet"} {
		ctx := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_threads": 1}))
		stream, err := conn.QueryFormat(ctx, format, "SELECT number, throwIf(number = 2000000) FROM numbers(3000000)")
		if err != nil {
			wantCode(t, err, 395)
			continue
		}
		data, err := io.ReadAll(stream)
		stream.Close()
		wantCode(t, err, 395)
		if len(data) == 0 || bytes.Contains(data, []byte("__exception__")) {
			t.Errorf("%s: %d bytes before the error", format, len(data))
		}
	}
	rows, err := conn.Query(t.Context(), "SELECT number, throwIf(number = 2000000) FROM numbers(3000000) SETTINGS max_threads = 1")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
	}
	wantCode(t, rows.Err(), 395)
}

func TestWaitEndOfQueryTellsTheErrorFirst(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	ctx := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"wait_end_of_query": 1}))
	_, err := conn.QueryFormat(ctx, "CSV", "SELECT throwIf(number = 2000000) FROM numbers(3000000)")
	wantCode(t, err, 395)
	stream, err := conn.QueryFormat(ctx, "CSV", "SELECT number FROM numbers(3)")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if data, err := io.ReadAll(stream); err != nil || string(data) != "0\n1\n2\n" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestCompression(t *testing.T) {
	t.Parallel()
	for _, method := range []clickhouse.CompressionMethod{clickhouse.CompressionLZ4, clickhouse.CompressionGZIP, clickhouse.CompressionDeflate,
		clickhouse.CompressionBrotli, clickhouse.CompressionZSTD} {
		t.Run(method.String(), func(t *testing.T) {
			t.Parallel()
			endpoint := enginetest.Endpoint(t)
			conn, err := clickhouse.Open(&clickhouse.Options{
				Protocol: clickhouse.HTTP, Addr: []string{endpoint.Addr},
				Auth:        clickhouse.Auth{Database: endpoint.Database, Username: endpoint.User, Password: endpoint.Password},
				Compression: &clickhouse.Compression{Method: method, Level: 3},
				Settings:    clickhouse.Settings{"enable_http_compression": 1},
			})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := conn.Exec(t.Context(), "CREATE TABLE t (n UInt64) ENGINE = Memory"); err != nil {
				t.Fatal(err)
			}
			batch, err := conn.PrepareBatch(t.Context(), "INSERT INTO t")
			if err != nil {
				t.Fatal(err)
			}
			for n := range uint64(1000) {
				if err := batch.Append(n); err != nil {
					t.Fatal(err)
				}
			}
			if err := batch.Send(); err != nil {
				t.Fatal(err)
			}
			var sum uint64
			if err := conn.QueryRow(t.Context(), "SELECT sum(n) FROM t").Scan(&sum); err != nil || sum != 499500 {
				t.Errorf("%d, %v", sum, err)
			}
			rows, err := conn.Query(t.Context(), "SELECT number, throwIf(number = 2000000) FROM numbers(3000000) SETTINGS max_threads = 1")
			if err == nil {
				for rows.Next() {
				}
				err = rows.Err()
			}
			wantCode(t, err, 395)
		})
	}
}

func TestStatementsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	for sql, want := range map[string]string{
		"EXPLAIN SYNTAX SELECT 1":                              "SELECT 1",
		"DESCRIBE TABLE (SELECT 1 AS a) -- why; not":           "a\tUInt8",
		"SELECT 1; -- done":                                    "1\n",
		"SELECT 1 FORMAT JSONEachRow":                          `{"1":1}`,
		"SELECT 1 FORMAT JSONEachRow;":                         `{"1":1}`,
		"SELECT 1 FORMAT JSONEachRow SETTINGS max_threads = 1": `{"1":1}`,
		"SELECT 1 SETTINGS max_threads = 1 -- x":               "1\n",
		"(SELECT 1) UNION ALL (SELECT 1)":                      "1\n1\n",
		"WITH 5 AS x SELECT x /* ; /* nested */ */":            "5\n",
		"SELECT ';' AS `a;b`, $$;$$":                           ";\t;\n",
		"SELECT 1 # ; '":                                       "1\n",
		"EXISTS TABLE absent":                                  "0\n",
		"SHOW TABLES":                                          "",
		"SELECT format FROM (SELECT 1 AS format)":              "1\n",
		"SELECT 'naïve ☂', {p:String}":                         "naïve ☂\tq\n",
	} {
		status, body, _ := post(t, endpoint, "param_p=q", sql)
		if status != 200 || !strings.HasPrefix(body, want) {
			t.Errorf("%s: %d %q", sql, status, body)
		}
	}
}

// post asks without the driver.
func post(t *testing.T, endpoint engine.Endpoint, parameters, body string) (int, string, http.Header) {
	t.Helper()
	address := "http://" + endpoint.Addr + "/?database=" + endpoint.Database + "&" + parameters
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(endpoint.User, endpoint.Password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data), response.Header
}

// What is longer than fits in memory is refused, never cut.
func TestTextsThatAreTooLong(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	long := strings.Repeat(" ", 64<<20)
	if status, body, _ := post(t, endpoint, "", "SELECT 1"+long); status == 200 || !strings.Contains(body, "query is longer than 64 MiB") {
		t.Errorf("a query: %d %.200s", status, body)
	}
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for name, value := range map[string]string{"query": "SELECT {v:String}", "param_v": long + "x"} {
		if err := parts.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body := postForm(t, endpoint, parts.FormDataContentType(), &form); status == 200 || !strings.Contains(body, "form field param_v is longer than 64 MiB") {
		t.Errorf("a field: %d %.200s", status, body)
	}
	mustPost(t, endpoint, "CREATE TABLE long (v String) ENGINE = Memory")
	if status, body, _ := post(t, endpoint, "query="+url.QueryEscape("INSERT INTO long FORMAT TSV"), long); status != 200 {
		t.Errorf("rows: %d %.200s", status, body)
	}
}

func postForm(t *testing.T, endpoint engine.Endpoint, kind string, form io.Reader) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+endpoint.Addr+"/?database="+endpoint.Database, form)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.SetBasicAuth(endpoint.User, endpoint.Password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	_, _, header := post(t, enginetest.Endpoint(t), "query_id=my-id&default_format=CSV", "SELECT 1")
	for name, want := range map[string]string{
		"X-ClickHouse-Query-Id": "my-id", "X-ClickHouse-Format": "CSV", "X-ClickHouse-Server-Display-Name": "vitrina",
		"Content-Type": "text/csv; charset=UTF-8; header=absent",
	} {
		if header.Get(name) != want {
			t.Errorf("%s is %q", name, header.Get(name))
		}
	}
	if header.Get("X-ClickHouse-Timezone") == "" || len(header.Get("X-ClickHouse-Exception-Tag")) != 16 ||
		!strings.Contains(header.Get("X-ClickHouse-Summary"), `"result_rows":"1"`) {
		t.Errorf("%v", header)
	}
}

func TestOnlyThePasswordOpens(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	for _, password := range []string{"", "wrong", endpoint.Password + "x"} {
		locked := endpoint
		locked.Password = password
		status, body, _ := post(t, locked, "", "SELECT 1")
		if status != http.StatusForbidden || !strings.Contains(body, "AUTHENTICATION_FAILED") {
			t.Errorf("%d %s", status, body)
		}
		wantCode(t, enginetest.Open(t, locked).Ping(t.Context()), 516)
	}
}
