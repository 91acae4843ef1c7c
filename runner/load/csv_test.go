package load

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func readCSV(content string, s shape) (rows [][]string, err error) {
	// The smallest buffer there is, so that lines do not fit it.
	r, err := newCSVReader("a.csv", &text{Reader: bufio.NewReaderSize(strings.NewReader(content), 16)}, s)
	if err != nil {
		return nil, err
	}
	rows = append(rows, r.header)
	for {
		cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		row := make([]string, len(cells))
		for i, cell := range cells {
			row[i] = string(cell.Text)
		}
		rows = append(rows, row)
	}
}

func TestDelimiterIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, want string }{
		"comma":                              {"a,b\n1,2\n", ","},
		"semicolon, decimal commas":          {"a;b\n1,5;2,5\n1,5;2\n", ";"},
		"semicolon, a comma in every row":    {"a,x;b;c\n1,5;2;3\n", ";"},
		"tab":                                {"a\tb\n1,2\t3\n", "\t"},
		"bar":                                {"a|b\n1;2|3\n", "|"},
		"commas within quotes":               {"a;b\n\"1,2,3\";4\n", ";"},
		"one column":                         {"a\n1\n2\n", ","},
		"one column of sentences":            {"text\nHello, world\nBye\n", ";"},
		"an uneven row is told, not hidden":  {"a;b;c\n1;2;3\n4;5\n", ";"},
		"a delimiter only in a quoted value": {"\"a,b\"\n\"1,2\"\n", ","},
	} {
		if got := findDelimiter([]byte(c.content), '\n'); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestLineEnds(t *testing.T) {
	t.Parallel()
	want := [][]string{{"a", "b"}, {"1", "2"}, {"", "4"}}
	for _, c := range []struct {
		content string
		lineEnd byte
	}{
		{"a,b\n1,2\n,4\n", '\n'}, {"a,b\r\n1,2\r\n,4\r\n", '\n'}, {"a,b\r1,2\r,4\r", '\r'}, {"a,b\n1,2\n,4", '\n'}, {"a,b\r\n\r\n1,2\n\n,4\r", '\n'},
	} {
		got, err := readCSV(c.content, shape{delimiter: []byte(","), lineEnd: c.lineEnd})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v %s", c.content, err, diff)
		}
	}
}

func TestUniqueNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ header, want string }{
		{"a,b", "a,b"}, {"a,a,a", "a,a_2,a_3"}, {"a,a_2,a", "a,a_2,a_3"}, {"a,a,a_2", "a,a_3,a_2"}, {",,column_1", "column_1_2,column_2,column_1"},
		{"a,A, a", "a,A, a"},
	} {
		if got := strings.Join(uniqueNames(strings.Split(c.header, ",")), ","); got != c.want {
			t.Errorf("%s: got %s, want %s", c.header, got, c.want)
		}
	}
}

// FuzzCSVIsReadBack: what is written by the rules is read as it was.
func FuzzCSVIsReadBack(f *testing.F) {
	f.Add("a|b|c|d", uint8(2), false)
	f.Add("\r\n|\"|,|\r", uint8(2), true)
	f.Add("|||", uint8(1), true)
	f.Fuzz(func(t *testing.T, joined string, columns uint8, crlf bool) {
		values := strings.Split(joined, "|")
		width := int(columns)%len(values) + 1
		values = values[:len(values)/width*width]
		if !utf8.ValidString(joined) || strings.HasPrefix(joined, "\uFEFF") {
			return
		}
		end := "\n"
		if crlf {
			end = "\r\n"
		}
		content, want := &strings.Builder{}, slices.Collect(slices.Chunk(append(header(width), values...), width))
		for _, row := range want {
			for i, value := range row {
				if i > 0 {
					content.WriteByte(',')
				}
				content.WriteString(`"` + strings.ReplaceAll(value, `"`, `""`) + `"`)
			}
			content.WriteString(end)
		}
		got, err := readCSV(content.String(), shape{delimiter: []byte(","), lineEnd: '\n'})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", content, err, diff)
		}
	})
}

func header(width int) []string {
	names := make([]string, width)
	for i := range names {
		names[i] = strings.Repeat("x", i+1)
	}
	return names
}

// FuzzCSVLikeTheStandardLibrary: what encoding/csv accepts has the same values here, but for the carriage returns that it drops.
func FuzzCSVLikeTheStandardLibrary(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a\n\"x\"\"y\"\n", "a,b\n\"1\n2\",3", "a,b\n1\"2,3\n", "a,b\n\"1\" ,2\n", "a,b\n1,2,3\n", "a,b\n\"1,2\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if !utf8.ValidString(content) || strings.Contains(content, "\r") {
			return
		}
		reader := csv.NewReader(strings.NewReader(content))
		want, wrong := reader.ReadAll()
		got, err := readCSV(content, shape{delimiter: []byte(","), lineEnd: '\n'})
		if (wrong == nil && len(want) > 0) != (err == nil) {
			t.Fatalf("%q: got %v, encoding/csv says %v", content, err, wrong)
		}
		if err != nil || len(want[0]) == 1 {
			return // blank lines are rows here if there is one column
		}
		if diff := cmp.Diff(want[1:], got[1:]); diff != "" && len(want) > 1 {
			t.Errorf("%q: %s", content, diff)
		}
	})
}
