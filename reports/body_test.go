package reports_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/reports"
)

// outline is a body in short: text(first words) and kind:name(first words of the body).
func outline(doc *reports.Document) string {
	var parts []string
	for _, block := range doc.Report.Blocks {
		if block.Cell == nil {
			parts = append(parts, fmt.Sprintf("text(%s)", strings.Join(strings.Fields(block.Text), " ")))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s:%s(%s)", block.Cell.Kind, block.Cell.Name, strings.Join(strings.Fields(block.Cell.Body), " ")))
	}
	return strings.Join(parts, " ")
}

func TestCellsAreTopLevelFences(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, want string }{
		"back quotes":       {"```sql a\nSELECT 1\n```\n", "sql:a(SELECT 1)"},
		"tildes":            {"~~~sql a\n```\n~~~\n", "sql:a(```)"},
		"longer":            {"`````sql a\n```\nx\n```\n`````\nb", "sql:a(``` x ```) text(b)"},
		"indented":          {"   ```sql a\n   SELECT 1\n  ```\n", "sql:a(SELECT 1)"},
		"empty":             {"```sql a\n```\ntext", "sql:a() text(text)"},
		"blank lines":       {"```sql a\n\n\n```\n", "sql:a()"},
		"between":           {"one\n```sql a\n1\n```\ntwo\n\n```sql b\n2\n```\nthree", "text(one) sql:a(1) text(two) sql:b(2) text(three)"},
		"other language":    {"```python x\nsql\n```\n```\nplain\n```\n", "text(```python x sql ``` ``` plain ```)"},
		"within a comment":  {"<!--\n```sql a\n```\n-->\n", "text(<!-- ```sql a ``` -->)"},
		"within a code":     {"    ```sql a\n    ```\n", "text(```sql a ```)"},
		"after a list":      {"- one\n- {{ .x }}\n```sql a\n1\n```\n", "text(- one - {{ .x }}) sql:a(1)"},
		"after a heading":   {"# {{ rows \"a\" }}\n```sql a\n1\n```", "text(# {{ rows \"a\" }}) sql:a(1)"},
		"spaces in line":    {"```   sql \t a  source = x\n1\n```", "sql:a(1)"},
		"carriage returns":  {"x\r\n```sql a\r\n1\r\n\r\n```\r\ny\r\n", "text(x) sql:a(1) text(y)"},
		"templates around":  {"{{ if .x }}\n```sql a\n{{ if .y }}```{{ end }}\n```\n{{ end }}", "text({{ if .x }}) sql:a({{ if .y }}```{{ end }}) text({{ end }})"},
		"capitals":          {"```SQL a\n1\n```\n```SQL\nsample\n```", "sql:a(1) text(```SQL sample ```)"},
		"unclosed at start": {"```sql a", "sql:a()"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, outline(parse(t, "---\ntitle: a\n---\n"+c.body))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAttributesMayBeQuoted(t *testing.T) {
	t.Parallel()
	doc := clean(t, "---\ntitle: a\nsource: own\n---\n```sql a source=\"my source\"\n```\n```sql b source='x'\n```\n```sql c\n```\n")
	for name, want := range map[string]string{"a": "my source", "b": "x", "c": "own"} {
		if got := doc.Report.Cell(name).Source; got != want {
			t.Errorf("cell %s runs on %q, want %q", name, got, want)
		}
	}
}

// A file of the largest size must be read in seconds, whatever it repeats; what grows with the square of the size takes minutes.
func TestHostileFilesAreReadInTime(t *testing.T) {
	t.Parallel()
	const body = "---\ntitle: a\n---\n"
	for name, c := range map[string]struct{ head, unit, tail string }{
		"quotes":       {body, ">", ""},
		"lists":        {body, "- ", ""},
		"nested lists": {body, "- > ", ""},
		"tabs":         {body, "\t- ", ""},
		"fences":       {body, "```sql a\n```\n", ""},
		"unclosed":     {body, "```sql a\n", ""},
		"actions":      {body, "{{ .a }}", ""},
		"open actions": {body, "{{", ""},
		"emphasis":     {body, "*_", ""},
		"brackets":     {body, "[", ""},
		"html":         {body, "<a ", ""},
		"one SQL cell": {body + "```sql a\n", "SELECT '{{ .a }}' -- {{ .b }}\n", "```\n"},
		"keys":         {"---\n", "a: 1\n", "---\n"},
		"no tags":      {"---\ntitle: a\ntags:\n", "- {}\n", "---\n"},
		"flow":         {"---\ntitle: ", "[", "\n---\n"},
		"mappings":     {"---\ntitle: ", "{a: ", "\n---\n"},
		"bad YAML":     {"---\ntitle: a\n", "\tx\n", "---\n"},
		"fields":       {"---\ntitle: a\nform:\n", "- {name: a, type: input, show_if: '{{ .b }}'}\n", "---\n"},
		"exports":      {"---\ntitle: a\nexports:\n", "- {cells: [b], format: csv, filename: '{{ .b }}'}\n", "---\n"},
		"campaigns":    {"---\ntitle: a\naudience:\n  exclude:\n    campaigns:\n", "    - '{{ .b }}'\n", "---\n"},
		"schedules":    {"---\ntitle: a\nschedule:\n", "- {cron: 0 0 31 2 *, timezone: Europe/Moscow, values: {b: 1}}\n", "---\n"},
		"long title":   {"---\ntitle: \"", "\\u0041 {{ ", "\"\n---\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			count := (reports.MaxBytes - len(c.head) - len(c.tail)) / len(c.unit)
			parse(t, c.head+strings.Repeat(c.unit, count)+c.tail).Check(reports.CheckOptions{})
			if took := time.Since(started); took > 30*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}
