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
		place := place{page: out}
		return func(v any) string { return place.escaped(plainText(v)) }
	})
}

// place is the end of what is written of a text.
type place struct {
	page   *page
	passed int // the lines that around has passed
	around surroundings
}

// escaped is a value as it is to be written at the place.
func (p *place) escaped(value string) string {
	text := p.page.String()
	for {
		end := strings.IndexByte(text[p.passed:], '\n')
		if end < 0 {
			break
		}
		p.around.pass(text[p.passed : p.passed+end])
		p.passed += end + 1
	}
	line := text[p.passed:]
	switch {
	case p.around.fence != "":
		return fencedMark.ReplaceAllStringFunc(value, withoutMarks)
	case strings.Contains(settled.ReplaceAllString(line, ""), "`"):
		return withoutMarks(value)
	}
	return escaped(value, strings.Trim(line, " \t>#*+-.)0123456789") == "")
}

// Code knows no escapes. What would end it is written with letters that look the same.
var alike = strings.NewReplacer("`", "\u02cb", "~", "\u02dc")

func withoutMarks(value string) string { return alike.Replace(value) }

// fencedMark may end a code block, wherever the value stands in its line.
var fencedMark = regexp.MustCompile("`{3,}|~{3,}")

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
	case '>': // the end of a comment
		return strings.HasSuffix(line[:at], "--")
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
