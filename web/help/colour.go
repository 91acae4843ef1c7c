package help

import (
	"html"
	"regexp"
	"strings"
)

// colours are what a language has, each with the class of the stylesheet; the first that fits at a place is taken.
type colours struct {
	find    *regexp.Regexp
	classes []string // of each group of find; "" leaves it as it is
}

const actions = `(\{\{(?:[^}"]|"(?:[^"\\]|\\.)*"|\}[^}])*\}\})`

var (
	sqlColours = colours{regexp.MustCompile(`(--[^\n]*|/\*(?s:.*?)\*/)|` + actions + `|('(?:[^'\\]|\\.|'')*')|` +
		`\b(SELECT|DISTINCT|FROM|WHERE|PREWHERE|AND|OR|NOT|IN|IS|NULL|LIKE|ILIKE|BETWEEN|AS|ON|USING|JOIN|LEFT|INNER|CROSS|FULL|ANY|ASOF|` +
		`GROUP|ORDER|BY|HAVING|LIMIT|OFFSET|TIES|WITH|FILL|STEP|OVER|PARTITION|ROWS|UNION|ALL|INTERVAL|DAY|WEEK|MONTH|CASE|WHEN|THEN|ELSE|END|` +
		`ASC|DESC|NULLS|FIRST|LAST|SETTINGS|ARRAY|CREATE|ROW|POLICY|TO|GRANT|VALUES|EXPLAIN)\b|\b(\d+(?:\.\d+)?)\b`),
		[]string{"c", "t", "s", "k", "n"}}
	yamlColours = colours{regexp.MustCompile(`(?m)((?:^|[ \t])#[^\n]*)|(^[ \t]*(?:- )?\{?[A-Za-z_]+:|[{,] ?[A-Za-z_]+:)|` + actions +
		`|("(?:[^"\\\n]|\\.)*"|'[^'\n]*')|\b(true|false|null)\b`),
		[]string{"c", "k", "t", "s", "n"}}
	textColours = colours{regexp.MustCompile(`(?m)(^#{1,3} [^\n]*)|` + actions), []string{"h", "t"}}
	shColours   = colours{regexp.MustCompile(`(?m)((?:^|[ \t])#[^\n]*)|("(?:[^"\\\n]|\\.)*"|'[^'\n]*')`), []string{"c", "s"}}
)

// coloured is code as HTML.
func coloured(language, code string) string {
	switch language {
	case "sql":
		return sqlColours.paint(code)
	case "yaml", "chart", "cohort":
		return yamlColours.paint(code)
	case "sh":
		return shColours.paint(code)
	case "markdown":
		return paintReport(code)
	}
	return html.EscapeString(code)
}

func (c colours) paint(code string) string {
	var b strings.Builder
	last := 0
	for _, m := range c.find.FindAllStringSubmatchIndex(code, -1) {
		b.WriteString(html.EscapeString(code[last:m[0]]))
		last = m[1]
		for group, class := range c.classes {
			if m[2+2*group] >= 0 {
				b.WriteString(`<span class="` + class + `">` + html.EscapeString(code[m[0]:m[1]]) + `</span>`)
			}
		}
	}
	b.WriteString(html.EscapeString(code[last:]))
	return b.String()
}

var reportParts = regexp.MustCompile("(?s)\\A(---\n.*?\n---\n)|(?m:^```)(sql|chart|cohort)([^\n]*\n)(.*?)(?m:^```$)")

// paintReport colours a report: its front matter, its cells, and the templates in its text.
func paintReport(code string) string {
	var b strings.Builder
	last := 0
	for _, m := range reportParts.FindAllStringSubmatchIndex(code, -1) {
		b.WriteString(textColours.paint(code[last:m[0]]))
		last = m[1]
		if m[2] >= 0 {
			b.WriteString(yamlColours.paint(code[m[2]:m[3]]))
			continue
		}
		kind, rest, body := code[m[4]:m[5]], code[m[6]:m[7]], code[m[8]:m[9]]
		b.WriteString(`<span class="f">` + "```" + kind + html.EscapeString(strings.TrimRight(rest, "\n")) + "</span>\n")
		b.WriteString(coloured(kind, body) + `<span class="f">` + "```</span>")
	}
	b.WriteString(textColours.paint(code[last:]))
	return b.String()
}
