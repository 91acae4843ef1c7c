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
func (t Template) Read(sql string) []Name { return Read(t.Dialect, t.expand(sql, 0)) }

var (
	action  = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	snippet = regexp.MustCompile("\\bsnippet\\s+[\"`]([^\"`]+)[\"`]")
	ident   = regexp.MustCompile("\\bident\\s+\\S+((?:\\s+[\"`][^\"`]*[\"`])+)")
	quoted  = regexp.MustCompile("[\"`]([^\"`]*)[\"`]")
	field   = regexp.MustCompile(`\.([a-z][a-z0-9_]*)`)
)

// deepest is how far snippets within snippets are followed; templates allow no more.
const deepest = 50

// expand puts SQL in the place of the placeholders that stand for some. Where there is a choice, all of it follows each other as a list.
func (t Template) expand(sql string, depth int) string {
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
			return " " + t.snippet(called[1], depth) + " "
		}
		if names := ident.FindStringSubmatch(a); names != nil {
			var list []string
			for _, name := range quoted.FindAllStringSubmatch(names[1], -1) {
				list = append(list, t.Dialect.Name(name[1]))
			}
			return " " + strings.Join(list, ", ") + " "
		}
		return " " + strings.Join(t.options(a), ", ") + " "
	})
}

func (t Template) snippet(name string, depth int) string {
	if t.Snippets == nil {
		return ""
	}
	text, _ := t.Snippets.Snippet(name)
	return t.expand(text, depth+1)
}

// options are the SQL of the options of the fields that the action names.
func (t Template) options(action string) (all []string) {
	for _, named := range field.FindAllStringSubmatch(action, -1) {
		for _, f := range t.Form {
			if f.Name != named[1] || f.Options == nil {
				continue
			}
			for _, option := range f.Options.Given {
				if option.SQL != "" {
					all = append(all, option.SQL)
				}
			}
		}
	}
	return all
}
