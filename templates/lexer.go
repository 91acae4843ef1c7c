package templates

import "strings"

// mode is where in SQL a byte stands.
type mode string

const (
	code      mode = "the SQL itself"
	single    mode = "a quoted string"
	double    mode = "a quoted name"
	backquote mode = "a name in backquotes"
	lineNote  mode = "a comment"
	blockNote mode = "a comment in /* */"
	heredoc   mode = "a string between dollar signs"
	tagStart  mode = "a dollar sign" // perhaps the start of a heredoc
)

// lexer follows SQL byte by byte. It is a value: copies go different ways through a template and are compared where these meet.
type lexer struct {
	dialect Dialect
	mode    mode
	start   int    // offset at which the string, name or comment began
	depth   int    // of comments within comments
	escaped bool   // a backslash stands before
	escapes bool   // backslashes escape in this string
	tag     string // of the heredoc
	tail    string // the heredoc's last bytes, as many as its closing tag has
	prev    byte   // the byte of code before; 0 at the start and after an action
	word    string // the word being read, its first two bytes
	brace   brace
	braceAt int
}

// brace watches for a placeholder of ClickHouse, {name:Type}.
type brace int

const (
	noBrace brace = iota
	opened
	named
	ended // a space after the name
)

// none is the place of a placeholder that is not there.
const none = -1

func newLexer(dialect Dialect) lexer {
	if dialect == "" {
		dialect = ClickHouse
	}
	return lexer{dialect: dialect, mode: code}
}

func wordByte(b byte) bool {
	return b == '_' || b == '$' || b >= 0x80 || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

const maxTag = 64 // bytes between the dollar signs that begin a heredoc

// next reads one byte of the analyst's text, and tells where a placeholder of the database's own began that it completes.
func (l *lexer) next(b byte, offset int) (placeholder int) {
	switch l.mode {
	case code:
		return l.nextCode(b, offset)
	case single, double, backquote:
		l.nextQuoted(b)
	case lineNote:
		if b == '\n' || b == '\r' && l.dialect == Postgres {
			l.leave()
		}
	case blockNote:
		l.nextBlock(b)
	case heredoc:
		l.nextHeredoc(b)
	case tagStart:
		return l.nextTag(b, offset)
	}
	return none
}

func (l *lexer) nextCode(b byte, offset int) (placeholder int) {
	clickhouse := l.dialect == ClickHouse
	switch {
	case b == '\'':
		l.enter(single, offset)
		l.escapes = clickhouse || l.word == "e" || l.word == "E"
	case b == '"':
		l.enter(double, offset)
		l.escapes = clickhouse
	case b == '`' && clickhouse:
		l.enter(backquote, offset)
		l.escapes = true
	case b == '-' && l.prev == '-', b == '/' && l.prev == '/' && clickhouse, (b == ' ' || b == '!') && l.prev == '#' && clickhouse:
		l.enter(lineNote, offset-1)
	case b == '*' && l.prev == '/':
		l.enter(blockNote, offset-1)
		l.depth = 1
	case b == '$' && l.word == "":
		l.enter(tagStart, offset)
		l.tag = ""
	default:
		return l.plain(b, offset)
	}
	return none
}

// plain reads a byte that begins nothing.
func (l *lexer) plain(b byte, offset int) (placeholder int) {
	l.prev = b
	switch {
	case !wordByte(b):
		l.word = ""
	case len(l.word) < 2:
		l.word += string([]byte{b})
	}
	space := b == ' ' || b == '\t' || b == '\n' || b == '\r'
	switch {
	case b == '{':
		l.brace, l.braceAt = opened, offset
	case b == ':' && l.brace >= named:
		l.brace = noBrace
		return l.braceAt
	case wordByte(b) && (l.brace == opened || l.brace == named):
		l.brace = named
	case space && l.brace == named:
		l.brace = ended
	case !space && b != '/' && b != '-' && b != '#': // these may begin a comment
		l.brace = noBrace
	}
	return none
}

func (l *lexer) enter(m mode, offset int) {
	l.mode, l.start, l.prev, l.escaped = m, offset, 0, false
}

func (l *lexer) leave() {
	l.mode, l.prev, l.word, l.tag, l.tail = code, 0, "", "", ""
	l.escaped, l.escapes, l.depth = false, false, 0
}

// nextQuoted takes a doubled quote for an end and a new start, which is the same here.
func (l *lexer) nextQuoted(b byte) {
	switch {
	case l.escaped:
		l.escaped = false
	case b == '\\' && l.escapes:
		l.escaped = true
	case b == '\'' && l.mode == single, b == '"' && l.mode == double, b == '`' && l.mode == backquote:
		escapes := l.escapes
		l.leave()
		if l.dialect == Postgres && escapes {
			l.word = "E" // '' goes on with the same string
		}
	}
}

func (l *lexer) nextBlock(b byte) {
	switch {
	case b == '*' && l.prev == '/':
		l.depth++
		l.prev = 0
	case b == '/' && l.prev == '*':
		if l.depth--; l.depth == 0 {
			l.leave()
		}
		l.prev = 0
	default:
		l.prev = b
	}
}

// nextTag reads between a dollar sign and the next: $tag$ begins a heredoc, $1 is a numbered placeholder, anything else a word.
func (l *lexer) nextTag(b byte, offset int) (placeholder int) {
	switch {
	case b == '$':
		l.mode, l.tail = heredoc, ""
	case wordByte(b) && len(l.tag) < maxTag:
		l.tag += string([]byte{b})
	default:
		placeholder = l.settle()
		l.next(b, offset)
		return placeholder
	}
	return none
}

// settle ends a tag that became none, and tells where it began if it is a number.
func (l *lexer) settle() (placeholder int) {
	if l.mode != tagStart {
		return none
	}
	tag := l.tag
	l.leave()
	l.prev, l.word = '$', "$$"
	if tag == "" {
		return none
	}
	l.prev = tag[len(tag)-1]
	if strings.Trim(tag, "0123456789") != "" {
		return none
	}
	return l.start
}

func (l *lexer) nextHeredoc(b byte) {
	closing := "$" + l.tag + "$"
	l.tail += string([]byte{b})
	if len(l.tail) > len(closing) {
		l.tail = l.tail[len(l.tail)-len(closing):]
	}
	if l.tail == closing {
		l.leave()
	}
}

// interrupt notes that an action stands here: what comes next is not glued to what came before.
func (l *lexer) interrupt() {
	l.prev, l.word, l.brace, l.tail = 0, "", noBrace, ""
}

// meets tells whether two ways stand in the same place of the SQL.
func (l lexer) meets(other lexer) bool {
	return l.mode == other.mode && l.depth == other.depth && l.tag == other.tag && l.escaped == other.escaped && l.escapes == other.escapes
}
