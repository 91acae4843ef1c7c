package sqltext

import (
	"iter"
	"slices"
	"strings"
)

// Kind of a token.
type Kind int

const (
	// Word is a bare identifier, keyword or number.
	Word Kind = iota
	// Quoted is an identifier in quotes; Text is what is inside, unescaped.
	Quoted
	// String is a string literal or heredoc. Text is what is inside, unescaped but for the backslashes of Postgres.
	String
	// Sign is a single byte of anything else.
	Sign
)

// Token is a piece of SQL at bytes Start to End. Depth counts the brackets around it; a bracket has the depth outside it.
type Token struct {
	Kind       Kind
	Text       string
	Start, End int
	Depth      int
}

// Is tells whether the token is this keyword, in any case.
func (t Token) Is(keyword string) bool { return t.Kind == Word && strings.EqualFold(t.Text, keyword) }

// IsName tells whether the token names this, quoted or not.
func (t Token) IsName(name string) bool {
	return (t.Kind == Word || t.Kind == Quoted) && strings.EqualFold(t.Text, name)
}

// IsSign tells whether the token is this character.
func (t Token) IsSign(sign string) bool { return t.Kind == Sign && t.Text == sign }

// Scan reads the text token by token, only as far as it is asked. White space and comments are dropped. What is not closed reaches
// to the end of the text.
func (d Dialect) Scan(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		s := scanner{dialect: d, text: text}
		for s.skip(); s.pos < len(text); s.skip() {
			if !yield(s.next()) {
				return
			}
		}
	}
}

// Tokens are all that Scan finds.
func (d Dialect) Tokens(text string) []Token { return slices.Collect(d.Scan(text)) }

// TrimEnd takes semicolons and comments off the end of a statement, so that it can stand in brackets.
func (d Dialect) TrimEnd(text string) string {
	end := 0
	for t := range d.Scan(text) {
		if !t.IsSign(";") {
			end = t.End
		}
	}
	return text[:end]
}
