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

// A file of the largest size must be read in seconds, whatever is in it.
func TestHostileBodiesAreReadInTime(t *testing.T) {
	t.Parallel()
	const head = "---\ntitle: a\n---\n"
	for name, unit := range map[string]string{
		"quotes": ">", "lists": "- ", "fences": "```sql a\n```\n", "unclosed": "```sql a\n", "actions": "{{ .a }}", "open": "{{",
		"nested lists": "- > ", "cells": "~~~sql\n~~~\n", "underscores": "*_", "brackets": "[", "html": "<a ", "tabs": "\t- ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			text := head + strings.Repeat(unit, (reports.MaxBytes-len(head))/len(unit))
			parse(t, text).Check(reports.CheckOptions{})
			if took := time.Since(started); took > 10*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}
