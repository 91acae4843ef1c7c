// Package tables finds the tables that an SQL template reads, as far as that can be told without the database: names behind FROM and
// JOIN, and those that functions of dictionaries are given. What it is not sure of it tells rather than not.
package tables

import (
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// Name is a table as the SQL names it. Database is empty where the SQL has none.
type Name struct{ Database, Table string }

// Read are the tables that the SQL reads, each once and in the order of the text.
func Read(dialect sqltext.Dialect, sql string) []Name {
	r := &reader{
		dialect: dialect, tokens: dialect.Tokens(sql), lists: map[int]bool{}, open: map[int]int{}, own: map[string]int{}, seen: map[Name]bool{},
	}
	r.pairBrackets()
	r.findOwn()
	for i := range r.tokens {
		r.step(i)
	}
	return r.found
}

type reader struct {
	dialect sqltext.Dialect
	tokens  []sqltext.Token
	lists   map[int]bool // by depth: between a FROM and what ends its list of tables
	open    map[int]int  // by depth: the last bracket that was opened there
	expect  bool         // the next token can begin a table
	found   []Name
	seen    map[Name]bool

	pairs []int          // of each bracket the other one
	own   map[string]int // queries that WITH gives a name, and behind which token the name is no table
}

// pairBrackets goes through the text once, so that nobody has to look for the other end of a bracket.
func (r *reader) pairBrackets() {
	r.pairs = make([]int, len(r.tokens))
	open := map[int]int{}
	for i, t := range r.tokens {
		switch {
		case t.IsSign("("):
			open[t.Depth], r.pairs[i] = i, len(r.tokens)
		case t.IsSign(")"):
			if at, ok := open[t.Depth]; ok {
				r.pairs[at], r.pairs[i] = i, at
			}
		}
	}
}

// findOwn looks for name AS ( … ), with a list of columns or MATERIALIZED between.
func (r *reader) findOwn() {
	for i, t := range r.tokens {
		if !t.Is("AS") || i == 0 {
			continue
		}
		open := i + 1
		for open < len(r.tokens) && (r.tokens[open].Is("NOT") || r.tokens[open].Is("MATERIALIZED")) {
			open++
		}
		name := i - 1
		if r.tokens[name].IsSign(")") {
			name = r.pairs[name] - 1
		}
		if open < len(r.tokens) && r.tokens[open].IsSign("(") && name >= 0 && r.isName(name) {
			behind, known := r.own[r.text(name)]
			if !known || r.pairs[open] < behind {
				r.own[r.text(name)] = r.pairs[open]
			}
		}
	}
}

// ends are the words that a list of tables does not go on behind.
var ends = []string{
	"SELECT", "WHERE", "PREWHERE", "GROUP", "ORDER", "LIMIT", "HAVING", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "SETTINGS", "FORMAT",
	"QUALIFY", "OFFSET", "FETCH", "ON", "USING",
}

// besides may stand between FROM or JOIN and the table.
var besides = []string{"ONLY", "LATERAL"}

func (r *reader) step(i int) {
	t := r.tokens[i]
	is := func(word string) bool { return t.Is(word) }
	expected := r.expect
	r.expect = false
	switch {
	case t.IsSign("("):
		r.lists[t.Depth+1], r.open[t.Depth] = expected, i
		r.expect = expected
	case t.IsSign(")"):
		delete(r.lists, t.Depth+1)
	case t.IsSign(","):
		r.expect = r.lists[t.Depth]
	case i > 0 && r.tokens[i-1].IsSign("."):
	case is("FROM") && !r.extracts(i), is("JOIN") && !r.tokens[max(0, i-1)].Is("ARRAY"):
		r.lists[t.Depth], r.expect = true, true
	case is("IN") && i+1 < len(r.tokens) && !r.tokens[i+1].IsSign("("):
		r.expect = r.dialect == sqltext.ClickHouse // IN a table
	case expected && slices.ContainsFunc(besides, is):
		r.expect = true
	case slices.ContainsFunc(ends, is):
		if !is("ON") && !is("USING") { // of a join, behind which a comma goes on with the list
			r.lists[t.Depth] = false
		}
	case expected && r.isName(i):
		r.name(i)
	case t.Kind == sqltext.String && r.dialect == sqltext.ClickHouse && r.ofDictionary(i):
		database, table, qualified := strings.Cut(t.Text, ".")
		if !qualified {
			database, table = "", t.Text
		}
		r.add(Name{database, table})
	}
}

// extracts tells whether FROM is that of EXTRACT(YEAR FROM x), SUBSTRING, TRIM or OVERLAY, or of IS DISTINCT FROM.
func (r *reader) extracts(i int) bool {
	if i > 0 && r.tokens[i-1].Is("DISTINCT") && i > 1 && !r.tokens[i-2].Is("SELECT") {
		return true
	}
	open, within := r.open[r.tokens[i].Depth-1]
	return within && open > 0 && slices.ContainsFunc([]string{"EXTRACT", "SUBSTRING", "TRIM", "OVERLAY"}, r.tokens[open-1].Is)
}

func (r *reader) isName(i int) bool {
	t := r.tokens[i]
	return t.Kind == sqltext.Quoted || t.Kind == sqltext.Word && (t.Text[0] < '0' || t.Text[0] > '9')
}

// text is the name as the database knows it.
func (r *reader) text(i int) string {
	t := r.tokens[i]
	if r.dialect == sqltext.Postgres && t.Kind == sqltext.Word {
		return strings.ToLower(t.Text)
	}
	return t.Text
}

// name takes table, database.table or catalog.database.table. What is followed by a bracket is a function.
func (r *reader) name(i int) {
	parts := []string{r.text(i)}
	for i+2 < len(r.tokens) && r.tokens[i+1].IsSign(".") && r.isName(i+2) {
		i += 2
		parts = append(parts, r.text(i))
	}
	last := len(parts) - 1
	if i+1 < len(r.tokens) && r.tokens[i+1].IsSign("(") {
		return
	}
	name := Name{Table: parts[last]}
	if last > 0 {
		name.Database = parts[last-1]
	} else if behind, ok := r.own[name.Table]; ok && i > behind {
		return
	}
	r.add(name)
}

// ofDictionary tells whether the string is what a function of dictionaries is given first, or dictionary('name') itself.
func (r *reader) ofDictionary(i int) bool {
	if i < 2 || !r.tokens[i-1].IsSign("(") || r.tokens[i-2].Kind != sqltext.Word {
		return false
	}
	function := strings.ToLower(r.tokens[i-2].Text)
	for _, prefix := range []string{"dictget", "dicthas", "dictis", "joinget", "dictionary"} {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return false
}

func (r *reader) add(name Name) {
	if !r.seen[name] {
		r.seen[name] = true
		r.found = append(r.found, name)
	}
}
