package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// pass sends data through the filter in pieces of the size.
func pass(tb testing.TB, to RowWriter, data string, size int) error {
	tb.Helper()
	for len(data) > 0 {
		n := min(size, len(data))
		if _, err := to.Write([]byte(data[:n])); err != nil {
			return err
		}
		data = data[n:]
	}
	return to.Close()
}

func TestCSVIsPassedOnAndCountedHoweverItIsCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		data string
		rows int64
	}{
		{"", 0},
		{"\"a\"\r\n", 0},
		{"\"a\"\r\n1\r\n2\r\n", 2},
		{"\"a\"\r\n1\r\n2", 2},
		{"\"a\",\"b\"\n\"x\ny\",1\n\"\"\"\n\"\"\",2\n\"\",\"\"\n", 3},
		{"\"a\n\"\n\"\"\"\"\n\"\"\"\"\"\"\n\n", 3},
	} {
		for size := 1; size <= len(c.data)+1; size++ {
			var out bytes.Buffer
			w := NewCSV(&out, CSVOptions{}, 0)
			if err := pass(t, w, c.data, size); err != nil || out.String() != c.data || w.Rows() != c.rows {
				t.Errorf("%q by %d: %d rows, %q, %v", c.data, size, w.Rows(), out.String(), err)
			}
		}
	}
}

func TestCSVIsCutBetweenRecords(t *testing.T) {
	t.Parallel()
	const data = "\"a\"\r\n\"1\r\n\"\r\n2\r\n3\r\n"
	for limit, want := range map[int64]string{1: "\"a\"\r\n\"1\r\n\"\r\n", 2: "\"a\"\r\n\"1\r\n\"\r\n2\r\n", 3: data, 4: data} {
		for size := 1; size <= len(data); size++ {
			var out bytes.Buffer
			w := NewCSV(&out, CSVOptions{}, limit)
			err := pass(t, w, data, size)
			if out.String() != want || w.Rows() != min(limit, 3) || errors.Is(err, ErrCut) != (limit < 3) {
				t.Fatalf("%d by %d: %q, %d rows, %v", limit, size, out.String(), w.Rows(), err)
			}
		}
	}
}

func TestFormulasAreGuardedInTextsAlone(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		`"=1","+1","-1","@x"`:     `"'=1","'+1","'-1","'@x"`,
		"\"\tx\",\"\rx\",\"\nx\"": "\"'\tx\",\"'\rx\",\"\nx\"",
		`-1,+2,=3`:                `-1,+2,=3`,
		`"a=b","",""""`:           `"a=b","",""""`,
		`"","=1"`:                 `"","'=1"`,
		`"""=1"`:                  `"""=1"`,
		`"x""=1""-"`:              `"x""=1""-"`,
		`"-"`:                     `"'-"`,
		"\"=a\"\n\"=b\"\n":        "\"'=a\"\n\"'=b\"\n",
		`"""","=",""`:             `"""","'=",""`,
		`"",-1,"=",""""""`:        `"",-1,"'=",""""""`,
		`1,"='""="";-"`:           `1,"'='""="";-"`,
	} {
		for size := 1; size <= len(data); size++ {
			var out bytes.Buffer
			w := NewCSV(&out, CSVOptions{FormulaGuard: true}, 0)
			if err := pass(t, w, data, size); err != nil || out.String() != want {
				t.Errorf("%s by %d: %s, want %s, %v", data, size, out.String(), want, err)
			}
		}
	}
}

func TestBOMStandsFirstAndOnce(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := pass(t, NewCSV(&out, CSVOptions{BOM: true, FormulaGuard: true}, 0), "\"=a\"\n1\n", 1); err != nil || out.String() != "\xEF\xBB\xBF\"'=a\"\n1\n" {
		t.Errorf("%q %v", out.String(), err)
	}
}

func TestCSVThatEndsWithinATextIsNoWholeFile(t *testing.T) {
	t.Parallel()
	err := pass(t, NewCSV(io.Discard, CSVOptions{}, 0), "\"a\"\n\"half", 3)
	if err == nil || !strings.Contains(err.Error(), "in the middle of row 1") {
		t.Errorf("%v", err)
	}
}

func TestErrorsOfTheFileComeThrough(t *testing.T) {
	t.Parallel()
	full := errors.New("no room")
	for name, w := range map[string]RowWriter{
		"csv": NewCSV(&bounded{err: full}, CSVOptions{BOM: true}, 0), "json": NewJSON(&bounded{err: full}, 1), "parquet": NewParquet(&bounded{err: full}),
	} {
		if _, err := w.Write([]byte("[\n{}\n]\n")); !errors.Is(err, full) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The engine writes naughty texts, NULL and numbers; a CSV reader gives them back.
func TestCSVOfTheEngineReadsBack(t *testing.T) {
	t.Parallel()
	options := CSVOptions{Separator: ";"}
	for i, text := range naughty {
		query := "SELECT unhex('" + hexOf(text) + "') AS `a;b`, CAST(NULL AS Nullable(String)) AS n, 18446744073709551615 AS id, (1, 'x') AS pair, '' AS e"
		data := ask(t, CSVFormat, options.Settings(), query)
		var out bytes.Buffer
		w := NewCSV(&out, options, 0)
		if _, err := io.Copy(w, iotest.OneByteReader(bytes.NewReader(data))); err != nil || w.Rows() != 1 {
			t.Fatalf("%q: %d rows, %v", text, w.Rows(), err)
		}
		if !strings.HasSuffix(out.String(), ";;18446744073709551615;\"(1,'x')\";\"\"\r\n") {
			t.Errorf("%q", out.String())
		}
		if strings.Contains(text, "\r\n") { // which encoding/csv makes a line feed
			continue
		}
		r := csv.NewReader(&out)
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		if diff := cmp.Diff([][]string{{"a;b", "n", "id", "pair", "e"}, {text, "", "18446744073709551615", "(1,'x')", ""}}, rows); diff != "" {
			t.Error(diff)
		}
	}
}

func hexOf(text string) string {
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(text) {
		out.WriteByte(digits[text[i]>>4])
		out.WriteByte(digits[text[i]&15])
	}
	return out.String()
}

func FuzzCSV(f *testing.F) {
	f.Add("\"a\"\n\"=x\n\",1\n", 3, true, int64(1))
	f.Fuzz(func(t *testing.T, data string, size int, guard bool, limit int64) {
		var whole, pieces bytes.Buffer
		a, b := NewCSV(&whole, CSVOptions{FormulaGuard: guard}, limit), NewCSV(&pieces, CSVOptions{FormulaGuard: guard}, limit)
		errA, errB := pass(t, a, data, len(data)+1), pass(t, b, data, max(1, size%8))
		if whole.String() != pieces.String() || a.Rows() != b.Rows() || errors.Is(errA, ErrCut) != errors.Is(errB, ErrCut) {
			t.Errorf("at once: %q, %d rows, %v; in pieces: %q, %d rows, %v", whole.String(), a.Rows(), errA, pieces.String(), b.Rows(), errB)
		}
	})
}
