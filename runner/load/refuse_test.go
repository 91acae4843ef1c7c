package load_test

import (
	"context"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/load"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// What is wrong is told with file, line and column, and nothing is left in the database.
func TestWrongFilesAreRefused(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	noise := make([]byte, 10<<20)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(noise)
	for name, c := range map[string]struct {
		file, content string
		options       load.Options
		want          string
	}{
		"empty":              {"a.csv", "", load.Options{}, "FILE is empty."},
		"blank lines alone":  {"a.csv", "\n\n", load.Options{}, "FILE is empty: its first line must name the columns."},
		"a short row":        {"a.csv", "a,b\n1,2\n\"x\ny\",2\n3\n", load.Options{}, "FILE, line 5: the row has 1 value, and the header has 2 columns."},
		"a long row":         {"a.csv", "a,b\n1,2,3\n", load.Options{}, "FILE, line 2: the row has 3 values, and the header has 2 columns."},
		"a quote within":     {"a.csv", "a,b\n1,5\" disk\n", load.Options{}, "FILE, line 2: value 2 has a quote in it"},
		"an open quote":      {"a.csv", "a,b\n1,2\n3,\"x\n4,5\n", load.Options{}, "FILE, line 3: value 2 begins with a quote that is never closed."},
		"text after a quote": {"a.csv", "a,b\n1,\"x\"y\n", load.Options{}, "FILE, line 2: something follows the closing quote of value 2"},
		"windows-1251":       {"a.csv", "a,город\n1,x\n2,\xcc\xee\n", load.Options{}, "FILE, line 3: the value of \"город\" is not UTF-8. Name the file's encoding, such as --encoding windows-1251 or --encoding latin1."},
		"a name in latin1":   {"a.csv", "a,pr\xe9nom\n1,x\n", load.Options{}, "FILE, line 1: the name of column 2 is not UTF-8."},
		"the wrong encoding": {"a.csv", "a\n\x98\n", load.Options{Encoding: "windows-1251"}, "FILE, line 2: the value of \"a\" has bytes that windows-1251 does not have. Name another encoding."},
		"no such encoding":   {"a.csv", "a\n1\n", load.Options{Encoding: "klingon"}, "The encoding \"klingon\" is not known; write its usual name, such as windows-1251 or latin1."},
		"a binary file":      {"a.csv", string(noise), load.Options{}, "FILE is not text. CSV, JSON lines and Parquet can be loaded"},
		"a workbook":         {"a.csv", "PK\x03\x04\x14\x00", load.Options{}, "FILE is an Excel workbook or a zip archive. Save the sheet as CSV, or unpack the archive."},
		"gzip cut off":       {"a.csv.gz", "\x1f\x8b\x08\x00", load.Options{}, "FILE cannot be unpacked as gzip, it is damaged or cut off: "},
		"xz":                 {"a.csv.xz", "\xfd7zXZ\x00", load.Options{}, "FILE is packed with xz; unpack it, or pack it with gzip, zstd or bzip2."},
		"no Parquet":         {"a.parquet", "a,b\n", load.Options{}, "FILE is not a Parquet file: it does not begin with PAR1."},
		"Parquet cut off":    {"a.parquet", "PAR1abc", load.Options{}, "FILE is a damaged Parquet file: its end is missing."},
		"a Parquet's length": {"a.parquet", "PAR1\xff\xff\xff\xffPAR1", load.Options{}, "FILE is a damaged Parquet file: its end is missing."},
		"a Parquet's schema": {"a.parquet", "PAR1\x15\x02\x19\x00\x04\x00\x00\x00PAR1", load.Options{}, "FILE is a damaged Parquet file: "},
		"bad JSON":           {"a.jsonl", "{\"a\":1}\n\n{\"a\":}\n", load.Options{}, "FILE, line 3: what begins here is not valid JSON: invalid character '}'"},
		"JSON cut off":       {"a.jsonl", "{\"a\":1}\n{\"a\":", load.Options{}, "FILE, line 2: the file ends in the middle of what begins here."},
		"a number in JSON":   {"a.jsonl", "{\"a\":1}\n7\n", load.Options{}, "FILE, line 2: there must be an object, and this is a number."},
		"a key twice":        {"a.json", "[{\"a\":1},\n {\"a\":1,\"a\":2}]", load.Options{}, "FILE, line 2: the key \"a\" is there twice."},
		"half a character":   {"a.jsonl", "{\"a\":\"\\ud83d\"}", load.Options{}, "FILE, line 1: the value of \"a\" has half of a character"},
		"JSON not in UTF-8":  {"a.jsonl", "{\"a\":\"\xe9\"}", load.Options{}, "FILE, line 1: the object is not UTF-8."},
		"no comma in JSON":   {"a.json", "[{\"a\":1}\n{\"a\":2}]", load.Options{}, "FILE, line 2: what begins here is not valid JSON"},
		"an open array":      {"a.json", "[{\"a\":1},\n", load.Options{}, "FILE, line 2: "},
		"text after JSON":    {"a.json", "[{\"a\":1}]\nx", load.Options{}, "FILE, line 2: something follows the end of the array."},
		"JSON without rows":  {"a.json", "[]", load.Options{}, "FILE has no rows, so there is no telling its columns."},
		"an odd format":      {"a.csv", "a\n1\n", load.Options{Format: "xml"}, "The format \"xml\" is not known; it is csv, tsv, json, jsonl, ndjson or parquet."},
		"an odd delimiter":   {"a.csv", "a\n1\n", load.Options{Delimiter: '"'}, "'\"' cannot separate values."},
		"an odd table":       {"a.csv", "a\n1\n", load.Options{Table: "a.b.c"}, "\"a.b.c\" is no name of a table"},
		"an odd type":        {"a.csv", "a\n1\n", load.Options{Types: map[string]string{"a": "Int46"}}, "\"Int46\", for the column \"a\", is no type that can be used: "},
		"SQL as a type":      {"a.csv", "a\n1\n", load.Options{Types: map[string]string{"a": "Int8) ENGINE = Log --"}}, "\"Int8) ENGINE = Log --\", for the column \"a\", is no type"},
		"a type for nothing": {"a.csv", "a\n1\n", load.Options{Types: map[string]string{"b": "Int8"}}, "FILE has no column \"b\" to give a type."},
		"a blank for a type": {"a.csv", "a,b\n,1\n", load.Options{Types: map[string]string{"a": "Int8"}}, "FILE: the column \"a\" has 1 row without a value, and Int8 takes none. Use Nullable(Int8)."},
	} {
		t.Run(name, func(t *testing.T) {
			o := c.options
			o.Path = file(t, c.file, c.content)
			if o.Table == "" {
				o.Table = "t"
			}
			refused(t, src, o, fault.Invalid, strings.ReplaceAll(c.want, "FILE", o.Path))
		})
	}
	if left := tables(t, src); left != "" {
		t.Errorf("tables left behind: %s", left)
	}
}

func refused(t *testing.T, src source.Loader, o load.Options, code fault.Code, want string) {
	t.Helper()
	_, err := load.File(t.Context(), src, o)
	if err == nil {
		t.Fatal("it was loaded")
	}
	if !strings.HasPrefix(err.Error(), want) || fault.CodeOf(err) != code {
		t.Errorf("got %s: %s\nwant %s: %s", fault.CodeOf(err), err, code, want)
	}
}

func TestMissingFilesAreRefused(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	dir := t.TempDir()
	refused(t, src, load.Options{Path: filepath.Join(dir, "none.csv"), Table: "t"}, fault.Invalid, "There is no file ")
	refused(t, src, load.Options{Path: dir, Table: "t"}, fault.Invalid, dir+" is a folder; name one file.")
}

// Values that do not fit the asked types fail in the database, after the table was begun.
func TestValuesThatDoNotFitATypeLeaveNothing(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	path := file(t, "a.csv", "a\n1\n300\nx\n")
	for _, kind := range []string{"Int64", "UInt8", "Date", "Array(String)"} {
		refused(t, src, load.Options{Path: path, Table: "t", Types: map[string]string{"a": kind}}, fault.Failed,
			path+" does not fit the types asked for: ")
	}
	refused(t, src, load.Options{Path: file(t, "b.csv", "a\n300\n"), Table: "t", Types: map[string]string{"a": "UInt8"}}, fault.Failed, "")
	if left := tables(t, src); left != "" {
		t.Errorf("tables left behind: %s", left)
	}
}

func TestCancelledLoadLeavesNothing(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	ctx, cancel := context.WithCancel(t.Context())
	o := load.Options{Path: file(t, "a.csv", "a,b\n"+strings.Repeat("1,abc\n", 1_000_000)), Table: "t"}
	o.Progress = func(done, total int64) {
		if done > total*3/4 {
			cancel()
		}
	}
	_, err := load.File(ctx, src, o)
	if fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("got %v", err)
	}
	if left := tables(t, src); left != "" {
		t.Errorf("tables left behind: %s", left)
	}
}

// broken is a source that loses or refuses what it is to insert.
type broken struct {
	source.Loader
	insert func(data io.Reader) error
}

func (b broken) Insert(_ context.Context, _, _ string, _ map[string]string, data io.Reader) error {
	return b.insert(data)
}

func TestBrokenInsertLeavesNothing(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	path := file(t, "a.csv", "a\n"+strings.Repeat("abc\n", 200_000))
	for name, c := range map[string]struct {
		insert func(io.Reader) error
		want   string
	}{
		"rows are lost": {func(data io.Reader) error { _, err := io.Copy(io.Discard, data); return err },
			path + " has 200000 rows, but 0 arrived in the database. Nothing was loaded."},
		"it ends early": {func(data io.Reader) error { _, err := data.Read(make([]byte, 10)); return err },
			path + " has 200000 rows, but 0 arrived in the database. Nothing was loaded."},
		"it fails": {func(io.Reader) error { return fault.New(fault.Failed, "the disk is full") }, "the disk is full"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, broken{src, c.insert}, load.Options{Path: path, Table: "t"}, fault.Failed, c.want)
		})
	}
}

// A file that changes between the readings is not loaded as something else.
func TestChangedFileIsRefused(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	for name, second := range map[string]string{
		"other type": "a\nx\n", "fewer rows": "a\n", "more rows": "a\n1\n2\n", "more columns": "a,b\n1,2\n",
	} {
		path := file(t, "a.csv", "a\n1\n")
		_, err := load.File(t.Context(), changing{src, func() { _ = os.WriteFile(path, []byte(second), 0o600) }}, load.Options{Path: path, Table: "t"})
		if err == nil || fault.CodeOf(err) != fault.Failed || !strings.Contains(err.Error(), "was changed while it was loaded") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := tables(t, src); left != "" {
		t.Errorf("tables left behind: %s", left)
	}
}

// changing runs something before the first statement, when the file has been read once.
type changing struct {
	source.Loader
	change func()
}

func (c changing) Exec(ctx context.Context, sql string) error {
	if strings.HasPrefix(sql, "CREATE") {
		c.change()
	}
	return c.Loader.Exec(ctx, sql)
}
