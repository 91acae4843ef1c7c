package load_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/load"
)

func TestExistingTable(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	first := file(t, "first.csv", "id,name\n1,a\n2,b\n")
	second := file(t, "second.csv", "name,id\nc,3\n")
	mustLoad(t, src, load.Options{Path: first, Table: "t"})
	refused(t, src, load.Options{Path: second, Table: "t"}, fault.Invalid, "Table t exists already: add --replace or --append.")

	mustLoad(t, src, load.Options{Path: second, Table: "t", Mode: load.Append})
	if got := tsv(t, src, "SELECT id, name FROM t ORDER BY id"); got != "1\ta\n2\tb\n3\tc" {
		t.Errorf("after append:\n%s", got)
	}
	mustLoad(t, src, load.Options{Path: second, Table: "t", Mode: load.Replace})
	if got := tsv(t, src, "SELECT * FROM t"); got != "c\t3" {
		t.Errorf("after replace:\n%s", got)
	}
	if got := tables(t, src); got != "t" {
		t.Errorf("tables: %s", got)
	}
}

// The database "default" of the embedded engine is not one that is known to exchange tables.
func TestReplaceWithoutExchange(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	name := tsv(t, src, "SELECT currentDatabase()")
	for _, row := range []string{"1", "2"} {
		mustLoad(t, src, load.Options{Path: file(t, "a.csv", "a\n"+row+"\n"), Table: "default." + name, Mode: load.Replace})
	}
	if got := tsv(t, src, "SELECT a FROM default."+name); got != "2" {
		t.Errorf("after replace: %s", got)
	}
	if got := tsv(t, src, "SELECT count() FROM system.tables WHERE database = 'default' AND startsWith(name, '"+name+"')"); got != "1" {
		t.Errorf("%s tables", got)
	}
	exec(t, src, "DROP TABLE default."+name)
}

func TestModesWithoutTheTable(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	path := file(t, "a.csv", "id\n1\n")
	mustLoad(t, src, load.Options{Path: path, Table: "a", Mode: load.Append})
	mustLoad(t, src, load.Options{Path: path, Table: "b", Mode: load.Replace})
	if got := tables(t, src); got != "a b" {
		t.Errorf("tables: %s", got)
	}
}

func TestViewsAreNotReplaced(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	exec(t, src, "CREATE VIEW v AS SELECT 1 AS id")
	for _, mode := range []load.Mode{load.Create, load.Append, load.Replace} {
		refused(t, src, load.Options{Path: file(t, "a.csv", "id\n1\n"), Table: "v", Mode: mode}, fault.Invalid, "v is a View, not a table")
	}
}

// Rows that are added take the table's types, if these hold their values unchanged.
func TestAppendedValuesFitTheTable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind, values, want string
		message            string
	}{
		"a narrow integer":       {kind: "UInt8", values: "255,0", want: "255,0"},
		"overflow":               {kind: "UInt8", values: "1,300,-1", message: `The column "a" of t is UInt8, which cannot hold 2 of its values unchanged, such as 300.`},
		"text of numbers":        {kind: "String", values: "2.50,00123,,x", want: "2.50,00123,,x"},
		"numbers, or NULL":       {kind: "Nullable(String)", values: "2.50,,7", want: `2.50,\N,7`},
		"numbers as text":        {kind: "LowCardinality(String)", values: "2.50,7", want: "2.50,7"},
		"blanks as NULL":         {kind: "Nullable(String)", values: "x,,", want: `x,\N,\N`},
		"blank as no integer":    {kind: "Int64", values: "1,,", message: "FILE: the column \"a\" has 2 rows without a value, and Int64 takes none. Use Nullable(Int64)."},
		"a float":                {kind: "Float64", values: "2.5,0.1,3", want: "2.5,0.1,3"},
		"a float of few digits":  {kind: "Float32", values: "16777217", message: `The column "a" of t is Float32, which cannot hold 1 of its values`},
		"fewer digits":           {kind: "Decimal(9, 1)", values: "1.25,1.50", message: `The column "a" of t is Decimal(9, 1), which cannot hold 1 of its values unchanged, such as 1.25.`},
		"midnight":               {kind: "Date", values: "2024-01-01 00:00:00", want: "2024-01-01"},
		"noon":                   {kind: "Date", values: "2024-01-01 12:00:00", message: `The column "a" of t is Date, which cannot hold 1`},
		"the clock of a zone":    {kind: "DateTime('Asia/Tokyo')", values: "2024-01-01 12:00:00", want: "2024-01-01 12:00:00"},
		"a time that a zone had": {kind: "DateTime('Europe/Berlin')", values: "2024-03-31 02:30:00", message: `The column "a" of t is DateTime('Europe/Berlin'), which cannot`},
		"a moment in a zone":     {kind: "DateTime64(3, 'Asia/Tokyo')", values: "2024-01-01T12:00:00Z", want: "2024-01-01 21:00:00.000"},
		"an enumeration":         {kind: "Enum8('x' = 1, 'y' = 2)", values: "x,y", want: "x,y"},
		"no such enumeration":    {kind: "Enum8('x' = 1)", values: "x,z", message: `The column "a", which is String in FILE, does not fit Enum8('x' = 1): `},
		"words for a number":     {kind: "Int64", values: "one", message: `The column "a", which is String in FILE, does not fit Int64: `},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := warehouse(t)
			exec(t, src, "CREATE TABLE t (a "+c.kind+", b Int64 DEFAULT 7, c Int64 MATERIALIZED 1) ENGINE = MergeTree ORDER BY b")
			path := file(t, "a.csv", "a\n"+strings.ReplaceAll(c.values, ",", "\n")+"\n")
			o := load.Options{Path: path, Table: "t", Mode: load.Append}
			if c.message != "" {
				_, err := load.File(t.Context(), src, o)
				if want := strings.ReplaceAll(c.message, "FILE", path); err == nil || !strings.HasPrefix(err.Error(), want) {
					t.Errorf("got %v\nwant %s", err, want)
				}
			} else {
				mustLoad(t, src, o)
			}
			got := strings.ReplaceAll(tsv(t, src, "SELECT a FROM t"), "\n", ",")
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if left := tables(t, src); left != "t" {
				t.Errorf("tables: %s", left)
			}
		})
	}
}

func TestAppendNeedsTheColumns(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	exec(t, src, "CREATE TABLE t (a Int64, m Int64 MATERIALIZED 1) ENGINE = MergeTree ORDER BY a")
	for _, column := range []string{"b", "m"} {
		path := file(t, "a.csv", "a,"+column+"\n1,2\n")
		refused(t, src, load.Options{Path: path, Table: "t", Mode: load.Append}, fault.Invalid,
			path+": the table t has no column \""+column+"\" to load into.")
	}
	refused(t, src, load.Options{Path: file(t, "a.csv", "a\n1\n"), Table: "t", Mode: load.Append, Types: map[string]string{"a": "Int8"}},
		fault.Invalid, "Types cannot be given when rows are added to a table: it has its own.")
}

func TestGivenTypes(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	result := mustLoad(t, src, load.Options{
		Path:  file(t, "a.csv", "price,code,n,note,day,tag\n2.50,1,300,,01,x\n3,2,,,02,x\n"),
		Table: "t",
		Types: map[string]string{"price": "String", "code": "UInt8", "n": "Nullable(Int32)", "note": "Nullable(String)", "tag": "LowCardinality(String)"},
	})
	want := "price String, code UInt8, n Nullable(Int32), note Nullable(String), day String, tag LowCardinality(String)"
	if got := types(result.Columns); got != want {
		t.Errorf("types\n%s\nwant\n%s", got, want)
	}
	if got := tsv(t, src, "SELECT * FROM t"); got != "2.50\t1\t300\t\\N\t01\tx\n3\t2\t\\N\t\\N\t02\tx" {
		t.Errorf("rows\n%s", got)
	}
	if got := tsv(t, src, "SELECT groupArray(type) FROM (SELECT type FROM system.columns WHERE database = currentDatabase() ORDER BY position)"); !strings.Contains(got, "UInt8") {
		t.Errorf("types in the database: %s", got)
	}
	if got := tables(t, src); got != "t" {
		t.Errorf("tables: %s", got)
	}
}

// A zone can be given to times that the file has without one.
func TestGivenZone(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	result := mustLoad(t, src, load.Options{
		Path: file(t, "a.csv", "at,seen\n2024-01-01T12:00,2024-01-01T12:00Z\n2024-01-01T12:00:30,\n"), Table: "t",
		Types: map[string]string{"at": "DateTime('Asia/Tokyo')", "seen": "Nullable(DateTime64(0, 'Asia/Tokyo'))"},
	})
	if got := types(result.Columns); got != "at DateTime('Asia/Tokyo'), seen Nullable(DateTime64(0, 'Asia/Tokyo'))" {
		t.Errorf("types %s", got)
	}
	if got := tsv(t, src, "SELECT at, toTimeZone(at, 'UTC'), seen FROM t"); got !=
		"2024-01-01 12:00:00\t2024-01-01 03:00:00\t2024-01-01 21:00:00\n2024-01-01 12:00:30\t2024-01-01 03:00:30\t\\N" {
		t.Errorf("rows\n%s", got)
	}
}

func TestNamesOfTables(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	path := file(t, "a.csv", "a\n1\n")
	database := tsv(t, src, "SELECT currentDatabase()")
	for _, c := range []struct{ table, sql string }{
		{database + ".t", "t"},
		{"`" + database + "`.\"x\"", "x"},
		{"`with.dot`", "`with.dot`"},
		{"O'Brien; DROP", "`O'Brien; DROP`"},
		{"back``tick\\", "`back\\`\\`tick\\\\`"},
		{"таблица", "`таблица`"},
	} {
		for _, mode := range []load.Mode{load.Create, load.Append, load.Replace} {
			mustLoad(t, src, load.Options{Path: path, Table: c.table, Mode: mode})
		}
		if got := tsv(t, src, "SELECT a FROM "+c.sql); got != "1" {
			t.Errorf("%s: %s", c.table, got)
		}
	}
	refused(t, src, load.Options{Path: path, Table: "none.t"}, fault.Failed, "")
}

func TestCompressedFilesAndStandardInput(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	content := []byte("a,b\n1,x\n2,y\n")
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, _ = w.Write(content[:5])
	_ = w.Close()
	w.Reset(&zipped) // gzip files can be put one behind the other
	_, _ = w.Write(content[5:])
	_ = w.Close()
	encoder, _ := zstd.NewWriter(nil)
	bzipped, err := os.ReadFile("testdata/rows.csv.bz2")
	if err != nil {
		t.Fatal(err)
	}
	for name, packed := range map[string][]byte{
		"plain": content, "gzip": zipped.Bytes(), "zstd": encoder.EncodeAll(content, nil), "bzip2": bzipped,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var done, total int64
			result := mustLoad(t, src, load.Options{Path: file(t, "data."+name, packed), Table: name, Progress: func(d, all int64) {
				if d < done {
					t.Errorf("progress went back from %d to %d", done, d)
				}
				done, total = d, all
			}})
			if result.Rows != 2 || result.Bytes != int64(len(packed)) || done != total || total != 2*result.Bytes {
				t.Errorf("%+v, progress %d of %d", result, done, total)
			}
			mustLoad(t, src, load.Options{Path: "-", Table: name + "_stdin", Stdin: bytes.NewReader(packed)})
			if got := tsv(t, src, "SELECT * FROM "+name+"_stdin"); got != "1\tx\n2\ty" {
				t.Errorf("from standard input:\n%s", got)
			}
		})
	}
}

// Strings that programs choke on come back byte for byte.
func TestHostileStrings(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	data, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	values := append(strings.Split(string(data), "\n"), "tab\there", "new\nline", "carriage\r\nreturn", "\r", "nul\x00", `\N`, `\`, `"`, `""`, "\x01\x1f\x7f")
	var csv strings.Builder
	csv.WriteString("n,value\n")
	for _, v := range values {
		csv.WriteString("7,\"" + strings.ReplaceAll(v, `"`, `""`) + "\"\n")
	}
	mustLoad(t, src, load.Options{Path: file(t, "a.csv", csv.String()), Table: "t"})
	back := tsv(t, src, "SELECT hex(value) FROM t")
	var got []string
	for _, line := range strings.Split(back, "\n") {
		got = append(got, unhex(t, line))
	}
	if diff := cmp.Diff(values, got); diff != "" {
		t.Error(diff)
	}
}
