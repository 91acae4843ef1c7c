package clickhouse_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

func TestErrorsAreClickHousesOwnWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, err := csv(t, s, sourcetest.Query("SELECT no_such_column FROM numbers(1)"))
	want := "Unknown expression identifier `no_such_column` in scope SELECT no_such_column FROM numbers(1) (UNKNOWN_IDENTIFIER, code 47)"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	var exception *chgo.Exception
	if !errors.As(err, &exception) || exception.Code != 47 {
		t.Errorf("the cause is lost: %v", err)
	}
}

func TestDSNsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"clickhouse://u:hunter2@h:9000/db", "hunter2", "http://u:hun%ter2@h/db", "http://", "postgres://u:hunter2@h/db"} {
		_, err := clickhouse.Open(t.Context(), clickhouse.Options{Name: "shop", DSN: dsn})
		if !fault.IsInvalid(err) || strings.Contains(err.Error(), "ter2") || !strings.Contains(err.Error(), `"shop"`) {
			t.Errorf("%s: got %v", dsn, err)
		}
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, c := range []struct {
		format   string
		settings map[string]string
		want     string
	}{
		{"CSVWithNames", nil, "\"a\",\"b\"\n1,\"x;y\"\n"},
		{"CSVWithNames", map[string]string{"format_csv_delimiter": ";"}, "\"a\";\"b\"\n1;\"x;y\"\n"},
		{"JSONEachRow", nil, `{"a":1,"b":"x;y"}` + "\n"},
	} {
		got, err := format(t, s, sourcetest.Query("SELECT toUInt8(1) AS a, ", sourcetest.Value{Value: "x;y"}, " AS b"), c.format, c.settings)
		if err != nil || got != c.want {
			t.Errorf("%s %v: got %q, %v", c.format, c.settings, got, err)
		}
	}
	if got, err := format(t, s, sourcetest.Query("SELECT 1 AS a"), "Parquet", nil); err != nil || !strings.HasPrefix(got, "PAR1") || !strings.HasSuffix(got, "PAR1") {
		t.Errorf("Parquet: %q, %v", got, err)
	}
}

func TestAStatementDoesNotChooseItsFormat(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, sql := range []string{"SELECT 1 AS a FORMAT JSON", "SELECT 1 AS a FORMAT JSON;", "SELECT 1 AS a FORMAT JSON -- really", "SELECT 1 AS a format TSV /* */"} {
		_, err := csv(t, s, sourcetest.Query(sql))
		if fault.CodeOf(err) != fault.Failed || !strings.Contains(err.Error(), "FORMAT") {
			t.Errorf("%s: got %v", sql, err)
		}
	}
	if got, err := csv(t, s, sourcetest.Query("SELECT 'x FORMAT y' AS format -- as a format of")); err != nil || got != "\"x FORMAT y\"\n" {
		t.Errorf("the word alone: got %q, %v", got, err)
	}
}

func TestLoading(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.Exec(t.Context(), "CREATE TABLE `odd name` (id Int64, name String) ENGINE = MergeTree ORDER BY id"))
	must(t, s.Insert(t.Context(), "odd name", "CSV", map[string]string{"format_csv_delimiter": ";"}, strings.NewReader("1;a\n2;\"b;c\"\n")))
	gone := fault.New(fault.Unavailable, "the file went away")
	for name, data := range map[string]io.Reader{
		"not a number":   strings.NewReader("x;a\n"),
		"broken reading": io.MultiReader(strings.NewReader(strings.Repeat("3;c\n", 100_000)), failing{gone}),
	} {
		err := s.Insert(t.Context(), "odd name", "CSV", map[string]string{"format_csv_delimiter": ";"}, data)
		if err == nil || name == "broken reading" && !errors.Is(err, gone) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := s.Insert(t.Context(), "absent", "CSV", nil, strings.NewReader("1\n")); fault.CodeOf(err) != fault.Failed {
		t.Errorf("an absent table: got %v", err)
	}
	if got, err := csv(t, s, sourcetest.Query("SELECT * FROM `odd name` ORDER BY id")); err != nil || got != "1,\"a\"\n2,\"b;c\"\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestUsersThatMayNotSet have readonly in every request, as a profile of the user would.
func TestUsersThatMayNotSet(t *testing.T) {
	t.Parallel()
	e := enginetest.Endpoint(t)
	owner := open(t) // the engine shows others' queries to nobody who only reads
	for _, level := range []string{"1", "2"} {
		s := openWith(t, clickhouse.Options{DSN: e.DSN() + "?readonly=" + level})
		q := sourcetest.Query("SELECT count() FROM ", sourcetest.Name("people"), " WHERE id IN ", sourcetest.Value{Value: []int64{1, 2}}, " OR id IN ", sourcetest.Value{Value: make([]int64, 50_000)})
		q.Timezone = "Asia/Tokyo"
		q.Limits = source.Limits{Time: time.Minute, Rows: 10, Memory: 1 << 30}
		q.Tables = map[string]source.Table{"people": {Columns: []source.Column{{Name: "id", Type: "Int64"}}, Open: func() (io.ReadCloser, error) {
			rows := rowbinary.AppendHeader(nil, []source.Column{{Name: "id", Type: "Int64"}})
			return io.NopCloser(bytes.NewReader(append(rows, 1, 0, 0, 0, 0, 0, 0, 0))), nil
		}}}
		if got, err := csv(t, s, q); err != nil || got != "1\n" {
			t.Errorf("readonly=%s: got %q, %v", level, got, err)
		}
		if formats, err := s.Formats(t.Context()); err != nil || formats != (level == "2") {
			t.Errorf("readonly=%s: formats %v, %v", level, formats, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		endless := sourcetest.Query("SELECT count() FROM system.numbers WHERE NOT ignore(cityHash64(number))")
		endless.ID = uuid.NewString()
		go func() {
			defer cancel()
			for running := false; !running; {
				_, ok, err := owner.Progress(ctx, endless.ID)
				running = ok || err != nil
			}
		}()
		_, err := s.Query(ctx, endless)
		if fault.CodeOf(err) != fault.Cancelled {
			t.Errorf("readonly=%s: got %v", level, err)
		}
		awaitEnd(t, owner, endless.ID)
	}
}

// awaitEnd looks until the query is gone. Who may not look for it, as here who only reads, cannot wait for its end by itself.
func awaitEnd(t *testing.T, owner *clickhouse.Source, id string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for running := true; running; {
		var err error
		if _, running, err = owner.Progress(ctx, id); err != nil {
			t.Fatalf("still running, %v", err)
		}
	}
}

func TestADeadlineIsNoSetting(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	q := sourcetest.Query("SELECT getSetting('max_execution_time')")
	q.Limits.Time = 1500 * time.Millisecond
	stream, err := s.Format(ctx, q, "TSV", nil)
	must(t, err)
	got, err := io.ReadAll(stream)
	if err != nil || strings.TrimSpace(string(got)) != "1.5" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestLongStatements(t *testing.T) {
	t.Parallel()
	s := open(t)
	long := "SELECT 1 AS v /* " + strings.Repeat("long ", 100_000) + "*/"
	if got, err := csv(t, s, sourcetest.Query(long)); err != nil || got != "1\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestDatesThatClickHouseWouldChange(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, v := range []any{
		forms.Date{Year: 1899, Month: 12, Day: 31}, forms.Date{Year: 9999, Month: 12, Day: 31}, []forms.Date{{Year: 2300, Month: 1, Day: 1}},
		time.Date(1899, 12, 31, 23, 0, 0, 0, time.UTC), time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2290, 1, 1, 0, 0, 0, 1, time.UTC), struct{}{},
	} {
		if _, err := csv(t, s, sourcetest.Query("SELECT ", sourcetest.Value{Value: v})); !fault.IsInvalid(err) {
			t.Errorf("%v: got %v", v, err)
		}
	}
	columns := []source.Column{{Name: "until", Type: "Nullable(Date32)"}}
	q := sourcetest.Query("SELECT * FROM ", sourcetest.Name("contracts"))
	q.Tables = map[string]source.Table{"contracts": {Columns: columns, Open: func() (io.ReadCloser, error) {
		var buf bytes.Buffer
		w, err := rowbinary.NewWriter(&buf, columns)
		must(t, err)
		must(t, w.WriteRow(nil))
		must(t, w.WriteRow(forms.Date{Year: 9999, Month: 12, Day: 31}))
		return io.NopCloser(&buf), w.Flush()
	}}}
	_, err := csv(t, s, q)
	if !fault.IsInvalid(err) || !strings.Contains(err.Error(), `"until"`) || !strings.Contains(err.Error(), "9999-12-31") {
		t.Errorf("got %v", err)
	}
}

// TestALostServer has the connection cut in the middle of a result.
func TestALostServer(t *testing.T) {
	t.Parallel()
	e := enginetest.Endpoint(t)
	var left atomic.Int64
	left.Store(1 << 40)
	proxy := cuttingProxy(t, e.Addr, &left)
	s := openWith(t, clickhouse.Options{Addr: proxy, User: e.User, Password: e.Password})
	must(t, s.Ping(t.Context()))
	left.Store(300_000)
	got, err := csv(t, s, sourcetest.Query("SELECT number FROM numbers(10000000)"))
	if err == nil || len(got) == 0 {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	if code := fault.CodeOf(err); code != fault.Unavailable || strings.Contains(err.Error(), e.Password) {
		t.Errorf("%s: %v", code, err)
	}
	left.Store(1 << 40)
	if got, err := csv(t, s, sourcetest.Query("SELECT 1")); err != nil || got != "1\n" {
		t.Errorf("when it is back: %q, %v", got, err)
	}
}

// TestAServerThatMoves goes away at one address and is back at another.
func TestAServerThatMoves(t *testing.T) {
	t.Parallel()
	e := enginetest.Endpoint(t)
	var left atomic.Int64
	left.Store(1 << 40)
	var at atomic.Value
	at.Store(clickhouse.Endpoint{Addr: cuttingProxy(t, e.Addr, &left), User: e.User, Password: e.Password})
	s := openWith(t, clickhouse.Options{
		Addr: "127.0.0.1:1", User: "nobody", Password: "hunter2", Database: e.Database,
		Endpoint: func(context.Context) (clickhouse.Endpoint, error) { return at.Load().(clickhouse.Endpoint), nil },
	})
	query := sourcetest.Query("SELECT currentDatabase()")
	if got, err := csv(t, s, query); err != nil || got != "\""+e.Database+"\"\n" {
		t.Fatalf("%q, %v", got, err)
	}
	left.Store(0)
	at.Store(clickhouse.Endpoint{Addr: e.Addr, User: e.User, Password: e.Password})
	if got, err := csv(t, s, query); err != nil || got != "\""+e.Database+"\"\n" {
		t.Errorf("after it moved: %q, %v", got, err)
	}
	at.Store(clickhouse.Endpoint{Addr: e.Addr, User: e.User, Password: "hunter2"})
	if _, err := csv(t, s, query); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("with a password that was changed: %v", err)
	}
}

// cuttingProxy passes on what servers say until left bytes are used up, then closes.
func cuttingProxy(t *testing.T, to string, left *atomic.Int64) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				_ = client.Close()
				continue
			}
			go func() { _, _ = io.Copy(server, client) }()
			go func() {
				buf := make([]byte, 1<<14)
				for left.Load() > 0 {
					n, err := server.Read(buf)
					if left.Add(int64(-n)); err != nil {
						break
					}
					_, _ = client.Write(buf[:n])
				}
				_ = client.Close()
				_ = server.Close()
			}()
		}
	}()
	return l.Addr().String()
}

// TestMemoryStaysFlat sends 200 MB along and reads as much.
func TestMemoryStaysFlat(t *testing.T) {
	s := open(t)
	columns := []source.Column{{Name: "v", Type: "String"}}
	base := liveHeap()
	var peak atomic.Uint64
	q := sourcetest.Query("SELECT v FROM ", sourcetest.Name("long"))
	q.Tables = map[string]source.Table{"long": {Columns: columns, Open: func() (io.ReadCloser, error) {
		row := rowbinary.AppendString(nil, strings.Repeat("x", 1000))
		return io.NopCloser(&repeating{head: rowbinary.AppendHeader(nil, columns), row: row, times: 200_000, peak: &peak}), nil
	}}}
	stream, err := s.Query(t.Context(), q)
	must(t, err)
	n, err := io.Copy(io.Discard, stream)
	if err != nil || n < 200_000_000 {
		t.Fatalf("%d bytes, %v", n, err)
	}
	if peak.Load() > base+20<<20 {
		t.Errorf("the heap grew by %d MiB", (peak.Load()-base)>>20)
	}
}

func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// repeating gives a header and then one row many times.
type repeating struct {
	head, row, rest []byte
	times           int
	peak            *atomic.Uint64
}

func (r *repeating) Read(p []byte) (int, error) {
	if len(r.head) > 0 {
		r.rest, r.head = r.head, nil
	}
	if len(r.rest) == 0 {
		if r.times == 0 {
			return 0, io.EOF
		}
		if r.times--; r.times%10_000 == 0 {
			r.peak.Store(max(r.peak.Load(), liveHeap()))
		}
		r.rest = r.row
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func TestFilesStayOutOfReach(t *testing.T) {
	t.Parallel()
	s := open(t)
	target := filepath.Join(t.TempDir(), "out")
	for _, sql := range []string{"SELECT 1 AS v INTO OUTFILE '%s'", "SELECT 1 AS v INTO OUTFILE '%s' FORMAT CSV", "INSERT INTO FUNCTION file('%s', 'CSV') SELECT 1"} {
		_, _ = csv(t, s, sourcetest.Query(fmt.Sprintf(sql, target)))
		if _, err := os.Stat(target); err == nil {
			t.Errorf("%s wrote a file", sql)
		}
	}
}

func csv(t *testing.T, s source.Formatter, q source.Query) (string, error) {
	t.Helper()
	return format(t, s, q, "CSV", nil)
}

func format(t *testing.T, s source.Formatter, q source.Query, name string, settings map[string]string) (string, error) {
	t.Helper()
	stream, err := s.Format(t.Context(), q, name, settings)
	if err != nil {
		return "", err
	}
	defer func() { _ = stream.Close() }()
	out, err := io.ReadAll(stream)
	return string(out), err
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
