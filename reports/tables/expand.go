package tables

import (
	"regexp"
	"strings"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/templates"
)

// Template is SQL as an analyst writes it, with what its placeholders may stand for.
type Template struct {
	Dialect  sqltext.Dialect
	Snippets templates.Snippets // may be nil
	Form     forms.Form
}

// Read are the tables that the SQL reads whatever is filled in: those of all branches, snippets and options.
func (t Template) Read(sql string) []Name {
	e := &expansion{t, longest}
	return Read(t.Dialect, e.expand(sql, 0))
}

var (
	action  = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	snippet = regexp.MustCompile("\\bsnippet\\s+[\"`]([^\"`]+)[\"`]")
	ident   = regexp.MustCompile("\\bident\\s+\\S+((?:\\s+[\"`][^\"`]*[\"`])+)")
	quoted  = regexp.MustCompile("[\"`]([^\"`]*)[\"`]")
	field   = regexp.MustCompile(`\.([a-z][a-z0-9_]*)`)
)

// deepest is how far snippets within snippets are followed; templates allow no more.
const deepest = 50

// longest is how much SQL all placeholders of a text may stand for together, in bytes: snippets that name others twice each would grow
// without end. What is beyond is not looked at.
const longest = 4 << 20

// expansion is a template while its placeholders are replaced.
type expansion struct {
	Template
	left int // bytes of SQL that may still be put in
}

// room takes some of what is left for a text.
func (e *expansion) room(text string) bool {
	e.left -= len(text) + len("{{ }}")
	return e.left >= 0
}

// expand puts SQL in the place of the placeholders that stand for some. Where there is a choice, all of it follows each other as a list.
func (e *expansion) expand(sql string, depth int) string {
	if depth > deepest {
		return ""
	}
	return action.ReplaceAllStringFunc(sql, func(a string) string {
		switch begin := strings.TrimLeft(a, "{- \t\r\n"); {
		case strings.HasPrefix(begin, "/*"):
			return " "
		case strings.HasPrefix(begin, "else"): // as in FROM {{ if … }}a{{ else }}b{{ end }}
			return " , "
		}
		if called := snippet.FindStringSubmatch(a); called != nil {
			return " " + e.snippet(called[1], depth) + " "
		}
		if names := ident.FindStringSubmatch(a); names != nil {
			var list []string
			for _, name := range quoted.FindAllStringSubmatch(names[1], -1) {
				list = append(list, e.Dialect.Name(name[1]))
			}
			return " " + strings.Join(list, ", ") + " "
		}
		return " " + strings.Join(e.options(a), ", ") + " "
	})
}

func (e *expansion) snippet(name string, depth int) string {
	if e.Snippets == nil {
		return ""
	}
	text, _ := e.Snippets.Snippet(name)
	if !e.room(text) {
		return ""
	}
	return e.expand(text, depth+1)
}

// options are the SQL of the options of the fields that the action names.
func (e *expansion) options(action string) (all []string) {
	for _, named := range field.FindAllStringSubmatch(action, -1) {
		for _, f := range e.Form {
			if f.Name != named[1] || f.Options == nil {
				continue
			}
			for _, option := range f.Options.Given {
				if option.SQL != "" && e.room(option.SQL) {
					all = append(all, option.SQL)
				}
			}
		}
	}
	return all
}
