package templates

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParagraphsAreTemplatesByThemselves(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"paragraphs":       {"# A\n\nb\nc\n\n\nd", []string{"# A\n\n", "b\nc\n\n", "\n", "d"}},
		"within an action": {"a\n\n{{ if .x }}b\n\nc{{ end }}\n\nd", []string{"a\n\n", "{{ if .x }}b\n\nc{{ end }}\n\n", "d"}},
		"trimmed":          {"a\n\n{{- .x -}}\n\nb\n\nc", []string{"a\n\n{{- .x -}}\n\n", "b\n\n", "c"}},
		"in a fence":       {"a\n\n```\nb\n\n~~~\n\nc\n```\n\nd", []string{"a\n\n", "```\nb\n\n~~~\n\nc\n```\n\n", "d"}},
		"in an open fence": {"a\n\n~~~~\nb\n~~~\n\nc", []string{"a\n\n", "~~~~\nb\n~~~\n\nc"}},
		"comment":          {"a {{/* b\n\nc */}}\n\nd", []string{"a {{/* b\n\nc */}}\n\n", "d"}},
		"HTML comment":     {"a <!-- b\n\n```\n\nc --> d <!-- e -->\n\n`<!--` f\n\ng", []string{"a <!-- b\n\n```\n\nc --> d <!-- e -->\n\n", "`<!--` f\n\n", "g"}},
		"not a template":   {"a\n\n{{ if }}\n\nb", []string{"a\n\n{{ if }}\n\nb"}},
		"of Windows":       {"a\r\n\r\nb", []string{"a\r\n\r\n", "b"}},
		"nothing":          {"", []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Paragraphs(c.text)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if strings.Join(got, "") != c.text {
				t.Errorf("got %q", got)
			}
		})
	}
}
