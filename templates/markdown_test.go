package templates

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/markdown.json anew")

// markdownCase is a text around a value. The pages' tests show what is rendered, and look for the value in it.
type markdownCase struct {
	Before   string `json:"before"`
	Value    string `json:"value"`
	After    string `json:"after"`
	Rendered string `json:"rendered"`
}

func TestValuesAreNoMarkdown(t *testing.T) {
	t.Parallel()
	const file = "testdata/markdown.json"
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []markdownCase
	if err := json.Unmarshal(written, &cases); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		cases[i].Rendered = markdownOf(t, c.Before+"{{ "+strconv.Quote(c.Value)+" }}"+c.After)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(cases); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(written), b.String()); diff != "" {
		t.Errorf("values are escaped otherwise; run with -update if they should be:\n%s", diff)
	}
}

func TestMarkdownLeavesTheTemplateAndPlainValues(t *testing.T) {
	t.Parallel()
	for template, want := range map[string]string{
		"# *Cards* of {{ .q }}\n":                       "# *Cards* of O'Brien\n",
		"{{ .day }} {{ .amount }}":                      "2025-01-31 12.5",
		"```\n{{ \"*a* [b](c)\" }}\n```\n{{ \"*a*\" }}": "```\n*a* [b](c)\n```\n\\*a\\*",
		"```\n{{ \"```\\n# b\" }}\n```":                 "```\n\u02cb\u02cb\u02cb\n# b\n```",
		"`{{ \"a*b` [c](d)\" }}` {{ \"*a*\" }}":         "`a*b\u02cb [c](d)` \\*a\\*",
		"<!-- {{ \"--> *a*\" }} -->":                    "<!-- --\\> \\*a\\* -->",
		"{{ \"`\" }} {{ \"*a* [b](c)\" }}":              "\\` \\*a\\* \\[b\\](c)",
		"{{ \"<!--\" }}\n\n```\n{{ \"*a*\" }}\n```":     "\\<!--\n\n```\n*a*\n```",
		"- {{ .n }}\n- {{ .big }}":                      "- 7\n- 18446744073709551615",
	} {
		if got := markdownOf(t, template); got != want {
			t.Errorf("%q: got %q", template, got)
		}
	}
	if got := escaped("a\xff*", false); got != "a\xff\\*" {
		t.Errorf("what is no UTF-8 becomes %q", got)
	}
}

func markdownOf(t *testing.T, template string) string {
	t.Helper()
	text, problems := ParseText(template, demoScope)
	if len(problems) > 0 {
		t.Fatalf("%s: %s", template, shownProblems(problems))
	}
	got, err := text.Markdown(demoEnv())
	if err != nil {
		t.Fatal(err)
	}
	return got
}
