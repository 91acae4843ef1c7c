package templates

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown writes the text of one run for what shows it as Markdown: what actions yield is escaped, so that a value is seen as it is and
// never becomes a heading, a link or a comment. Errors are those of Render.
func (t *Text) Markdown(env Env) (string, error) {
	return t.render(env, func(out *page) any {
		return func(v any) string { return escaped(plainText(v), out.beginsLine()) }
	})
}

// beginsLine tells whether what comes next begins a line, or stands behind nothing but marks of lists, quotations and headings.
func (p *page) beginsLine() bool {
	text := p.String()
	return strings.Trim(text[strings.LastIndexByte(text, '\n')+1:], " \t>#*+-.)0123456789") == ""
}

var (
	// blockMark begins a line that is a block of its own: a heading, a quotation, a list, a rule, or the underline of a heading.
	blockMark = regexp.MustCompile(`^(#+(?:[ \t]|$)|>|[+-](?:[ \t]|$)|-+[ \t-]*$|=+[ \t]*$)`)
	// numbered begins an item of a numbered list.
	numbered = regexp.MustCompile(`^(\d+)([.)](?:[ \t]|$))`)
	entity   = regexp.MustCompile(`^&#?[0-9A-Za-z]+;`)
)

// escaped is a value in Markdown. Its first line may stand in the midst of another.
func escaped(value string, beginsLine bool) string {
	if !strings.ContainsAny(value, "\\`*_[]<|~&:=#>+-.) \t") {
		return value
	}
	lines := strings.Split(value, "\n")
	for i, line := range lines {
		last := i == len(lines)-1
		if line = escapedInline(line, last); beginsLine || i > 0 {
			line = strings.TrimLeft(line, " \t") // Markdown shows no spaces there, but for code
			line = numbered.ReplaceAllString(blockMark.ReplaceAllString(line, `\$1`), `$1\$2`)
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// escapedInline puts a backslash before what is a mark within a line. Template text may follow the last one.
func escapedInline(line string, last bool) string {
	var b strings.Builder
	for i := range len(line) {
		if isMark(line, i, last) {
			b.WriteByte('\\')
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

func isMark(line string, at int, last bool) bool {
	rest := line[at+1:]
	switch line[at] {
	case '`', '*', '[', ']', '<', '|', '~':
		return true
	case '\\': // elsewhere it stands for itself
		return rest == "" && last || rest != "" && isPunctuation(rest[0])
	case '_': // within a word it stands for itself
		return !endsInWord(line[:at]) || !beginsWithWord(rest)
	case '=':
		return strings.HasPrefix(rest, "=") || strings.HasSuffix(line[:at], "=")
	case '&':
		return entity.MatchString(line[at:])
	case ':':
		return strings.HasPrefix(rest, "//")
	}
	return false
}

func isPunctuation(c byte) bool {
	return c < utf8.RuneSelf && (unicode.IsPunct(rune(c)) || unicode.IsSymbol(rune(c)))
}

func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func beginsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
