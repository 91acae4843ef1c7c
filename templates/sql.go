package templates

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/vitrina-reports/vitrina/forms"
)

// SQL is a parsed template of a statement. It may be bound by many at once.
type SQL struct {
	body     *piece
	snippets map[string]*piece
	form     forms.Form
	uses     uses
}

// piece is a rewritten tree: that of the statement itself, or of a snippet.
type piece struct {
	name     string // treeName, or that of the snippet
	text     string
	tree     *parse.Tree
	literals []string
	newline  bool // it ends in a line comment
}

// ParseSQL reads a statement. With problems, all that were found, there is no statement.
func ParseSQL(text string, scope Scope) (*SQL, []Problem) {
	s := &SQL{snippets: map[string]*piece{}, form: scope.Form, uses: newUses()}
	p := &sqlParser{SQL: s, scope: scope}
	var problems []Problem
	if s.body, problems = p.parse(text); len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

// Fields are the names of the form's fields that the statement uses, also within snippets.
func (s *SQL) Fields() []string { return sortedKeys(s.uses.fields) }

// Tables are the earlier cells it reads.
func (s *SQL) Tables() []string { return sortedKeys(s.uses.tables) }

// sqlParser reads a statement and the snippets within it, each once.
type sqlParser struct {
	*SQL
	scope Scope
	open  []string // snippets being read, outermost first
}

func (p *sqlParser) parse(text string) (*piece, []Problem) {
	src := newSource(text)
	if src.tree == nil {
		return nil, src.sorted()
	}
	used := check(src, p.scope, true)
	newline := checkContext(src, p.scope)
	p.options(src, used)
	for _, call := range used.snippets {
		p.snippet(src, call)
	}
	p.uses.add(used)
	if len(src.problems) > 0 {
		return nil, src.sorted()
	}
	r := &rewriter{form: p.scope.Form, sql: true}
	r.list(src.tree.Root)
	return &piece{name: treeName, text: text, tree: src.tree, literals: r.literals, newline: newline}, nil
}

// options checks the SQL of the used fields' options, since it lands in the statement.
func (p *sqlParser) options(src *source, used uses) {
	for _, name := range sortedKeys(used.fields) {
		field := fieldNamed(p.scope.Form, name)
		if field.Options == nil {
			continue
		}
		for _, option := range field.Options.Given {
			if problem := CheckFragment(option.SQL, p.scope.Dialect); problem != "" {
				src.problem(strings.Index(src.text, "."+name), "the option %s of the field %s: %s", option.Value, name, problem)
			}
		}
	}
}

// CheckFragment tells, as a sentence, why SQL cannot stand for an option in a statement; it is empty when it can.
func CheckFragment(sql string, dialect Dialect) string {
	l := newLexer(dialect)
	for i := range len(sql) {
		if sql[i] == 0 {
			return "a NUL byte cannot be part of SQL"
		}
		if l.next(sql[i], i) != none {
			return "its SQL has a placeholder of the database's own, which would clash with those made for values"
		}
	}
	l.settle()
	if l.mode != code {
		return fmt.Sprintf("%s in its SQL never ends", l.mode)
	}
	return ""
}

func (p *sqlParser) snippet(src *source, at snippetCall) {
	switch {
	case slices.Contains(p.open, at.name):
		src.problem(at.offset, "the snippet %s contains itself: %s", at.name, strings.Join(append(p.open, at.name), " → "))
		return
	case slices.Contains(sortedKeys(p.snippets), at.name):
		return
	case len(p.open) == maxSnippets:
		src.problem(at.offset, "more than %d snippets within one another", maxSnippets)
		return
	}
	var text string
	found := false
	if p.scope.Snippets != nil {
		text, found = p.scope.Snippets.Snippet(at.name)
	}
	if !found {
		src.problem(at.offset, "there is no snippet %s", at.name)
		return
	}
	p.open = append(p.open, at.name)
	piece, problems := p.parse(text)
	p.open = p.open[:len(p.open)-1]
	for _, problem := range problems {
		src.problem(at.offset, "snippet %s, line %d, column %d: %s", at.name, problem.Line, problem.Column, problem.Message)
	}
	if p.snippets[at.name] = piece; piece != nil {
		piece.name = fmt.Sprintf("snippet %d", len(p.snippets))
	}
}

// Bind makes the statement of one run. An error is of code Invalid; its cause is a *Problem with the place in the statement.
func (s *SQL) Bind(env Env) (Statement, error) {
	data, err := env.values(s.form, s.uses.labels, true)
	if err != nil {
		return Statement{}, invalid(err)
	}
	e := &execution{SQL: s, work: newWork(), data: data}
	functions := e.work.functions(s.uses.functions, map[string]any{"snippet": e.snippet, "table": table, "ident": ident})
	functions[textName] = func(literal int) (string, error) { return "", e.out.text(e.piece.literals[literal]) }
	functions[bindName] = func(null string, v any) (string, error) { return "", e.out.bind(null, v) }
	e.functions = template.New("").Funcs(functions)
	parts, err := e.run(s.body)
	if err != nil {
		return Statement{}, invalid(err)
	}
	return Statement{Parts: parts}, nil
}

// execution is one binding under way.
type execution struct {
	*SQL
	work      *work
	data      map[string]any
	functions *template.Template // empty, with all functions

	// piece is being written to out.
	piece *piece
	out   *sink
}

// run executes a piece, in the midst of another for a snippet.
func (e *execution) run(p *piece) ([]Part, error) {
	around, outside := e.piece, e.out
	defer func() { e.piece, e.out = around, outside }()
	e.piece, e.out = p, &sink{}
	t, err := e.functions.AddParseTree(p.name, p.tree)
	if err != nil {
		return nil, err
	}
	if err := execute(t, p.text, e.out, e.data); err != nil {
		return nil, err
	}
	if p.newline && around != nil {
		if err := e.out.text("\n"); err != nil {
			return nil, err
		}
	}
	return e.out.statement(), nil
}

func (e *execution) snippet(name string) (fragment, error) {
	p := e.snippets[name]
	if p == nil {
		return fragment{}, fmt.Errorf("there is no snippet %s", name)
	}
	if err := e.work.loop(snippetRounds); err != nil {
		return fragment{}, err
	}
	parts, err := e.run(p)
	var problem *Problem
	if errors.As(err, &problem) {
		err = fmt.Errorf("snippet %s, line %d, column %d: %s", name, problem.Line, problem.Column, problem.Message)
	}
	return fragment{parts}, err
}

// table stands for an earlier cell's result; the checker saw that it is one.
func table(cell string) fragment { return fragment{[]Part{{Table: cell}}} }

// ident is the allowed name that equals the value; for a list of values, the names with commas between.
func ident(value any, allowed ...string) (fragment, error) {
	if !isGiven(value) {
		return fragment{}, fmt.Errorf("ident was given nothing: it takes one of %s", strings.Join(allowed, ", "))
	}
	wanted, err := listOf(value)
	if err != nil {
		wanted = []any{value}
	}
	names := make([]string, len(wanted))
	for i, one := range wanted {
		text, _ := bare(one).(string)
		at := slices.Index(allowed, text)
		if at < 0 {
			return fragment{}, fmt.Errorf("ident was given %q, which is none of %s", plainText(one), strings.Join(allowed, ", "))
		}
		names[i] = allowed[at]
	}
	return fragment{[]Part{{Text: strings.Join(names, ", ")}}}, nil
}
