package sqltext

import "strings"

// Statement is one statement, without a semicolon at its end.
type Statement struct {
	Text   string
	Tokens []Token
}

// Parse gives the one statement of the text. count is 0 when there is none, and 2 when there are more: then it is the first.
func (d Dialect) Parse(text string) (s Statement, count int) {
	tokens := d.Tokens(text)
	if data := insertData(tokens); d == ClickHouse && data >= 0 {
		return Statement{Text: text, Tokens: tokens[:data]}, 1
	}
	end := len(tokens)
	for end > 0 && tokens[end-1].IsSign(";") {
		end--
	}
	count = min(end, 1)
	for i, t := range tokens[:end] {
		if t.IsSign(";") {
			end, count = i, 2
			break
		}
	}
	if end == 0 {
		return s, count
	}
	return Statement{Text: text[:tokens[end-1].End], Tokens: tokens[:end]}, count
}

// insertData is the number of the first token that is data, not SQL, of ClickHouse's INSERT with a FORMAT and data behind it; -1
// without one. What follows VALUES is SQL: expressions may stand there.
func insertData(tokens []Token) int {
	if len(tokens) == 0 || !tokens[0].Is("INSERT") {
		return -1
	}
	for i, t := range tokens {
		switch {
		case t.Depth > 0:
		case t.Is("SELECT"), t.Is("WITH"), t.Is("VALUES"), t.IsSign(";"):
			return -1
		case t.Is("FORMAT") && i+2 < len(tokens):
			return i + 2
		}
	}
	return -1
}

// First is the keyword that tells what the statement is, in capitals: for WITH, that of the query or change behind it.
func (s Statement) First() string {
	for i, t := range s.Tokens {
		switch {
		case t.IsSign("("):
		case t.Is("WITH"):
			return s.behindWith(i)
		default:
			return strings.ToUpper(t.Text)
		}
	}
	return ""
}

// behindWith looks for the first verb that stands beside the WITH and is not the name of something it defines.
func (s Statement) behindWith(with int) string {
	for i := with + 1; i < len(s.Tokens); i++ {
		t, before := s.Tokens[i], s.Tokens[i-1]
		if t.Kind != Word || t.Depth != s.Tokens[with].Depth || i == with+1 || before.Is("RECURSIVE") || before.Is("AS") || before.IsSign(",") {
			continue
		}
		switch verb := strings.ToUpper(t.Text); verb {
		case "SELECT", "FROM", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE":
			return verb
		}
	}
	return "SELECT"
}

// Reads tells whether the statement only asks, and is answered with rows.
func (s Statement) Reads() bool {
	switch s.First() {
	case "SELECT", "FROM", "VALUES", "TABLE", "SHOW", "DESC", "DESCRIBE", "EXPLAIN", "EXISTS", "CHECK":
		return true
	}
	return false
}

// Keyword is the number of the last token that is this keyword outside all brackets, -1 without one.
func (s Statement) Keyword(keyword string) int {
	for i := len(s.Tokens) - 1; i >= 0; i-- {
		if s.Tokens[i].Depth == 0 && s.Tokens[i].Is(keyword) {
			return i
		}
	}
	return -1
}

// Has tells whether the words follow each other anywhere in the statement.
func (s Statement) Has(words ...string) bool {
	return s.find(words) >= 0
}

func (s Statement) find(words []string) int {
	for i := 0; i+len(words) <= len(s.Tokens); i++ {
		matched := 0
		for matched < len(words) && s.Tokens[i+matched].Is(words[matched]) {
			matched++
		}
		if matched == len(words) {
			return i
		}
	}
	return -1
}

// Replace gives the text with each token for which with is not empty replaced.
func (s Statement) Replace(with func(i int) string) string {
	var out strings.Builder
	last := 0
	for i, t := range s.Tokens {
		if text := with(i); text != "" {
			out.WriteString(s.Text[last:t.Start])
			out.WriteString(text)
			last = t.End
		}
	}
	out.WriteString(s.Text[last:])
	return out.String()
}
