package load

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/runner/load/infer"
)

func readJSON(content string) (rows []map[string]infer.Cell, err error) {
	r, err := newJSONReader("a.json", &text{Reader: bufio.NewReader(strings.NewReader(content))}, func(int64) int { return 0 })
	if err != nil {
		return nil, err
	}
	for {
		cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		row := map[string]infer.Cell{}
		for i, name := range r.Names() {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
}

// FuzzJSONLikeTheStandardLibrary: an object that encoding/json reads without changing anything has the same values here.
func FuzzJSONLikeTheStandardLibrary(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"a":1,"b":"x"}`, ` { "a" : [ 1 , {"b":"]}"} ] , "c" : null } `, `{"a\"b":"\u0416\ud83d\ude00\\\/\n"}`, `{"a":-0.5e+7,"b":true,"c":false}`,
		`{"a":"\ud800"}`, `{"a":1}x`, `{"a":"\\"}`, `{"a":{"b":"\\\""}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		var want map[string]json.RawMessage
		if !utf8.ValidString(content) || json.Unmarshal([]byte(content), &want) != nil || want == nil {
			_, _ = readJSON(content) // must end, whatever it says
			return
		}
		rows, err := readJSON(content)
		if err != nil {
			if strings.Contains(content, `\`) || strings.Contains(err.Error(), "is there twice") {
				return
			}
			t.Fatal(err)
		}
		if len(rows) != 1 || len(rows[0]) != len(want) {
			t.Fatalf("%d rows of %d values", len(rows), len(rows[0]))
		}
		for name, raw := range want {
			same(t, rows[0][name], raw)
		}
	})
}

func same(t *testing.T, got infer.Cell, raw json.RawMessage) {
	t.Helper()
	want := string(raw)
	switch got.Kind {
	case infer.Text:
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		want = s
	case infer.Nested:
		if !json.Valid(got.Text) {
			t.Errorf("%s is not valid", got.Text)
		}
		return
	case infer.Null:
		want = ""
	}
	if string(got.Text) != want {
		t.Errorf("%s came as %s", raw, got.Text)
	}
}

func TestLongValuesAreRefused(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxRow+bufferSize)
	if _, err := readJSON(`{"a":1}` + "\n" + `{"a":"` + long + `"}`); err == nil || !strings.Contains(err.Error(), "is longer than 64 MB") {
		t.Errorf("JSON: %v", err)
	}
	for name, content := range map[string]string{"a quote": "a\n\"" + strings.Repeat(long[:bufferSize]+"\n", maxRow/bufferSize), "a line": "a\n" + long} {
		if _, err := readCSV(content, shape{delimiter: []byte(","), lineEnd: '\n'}); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
