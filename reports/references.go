package reports

import (
	"strings"
	"text/template/parse"
)

// reference is a name in a template: where text[from:to] is the name itself.
type reference struct {
	target   target
	name     string
	from, to int
}

// references finds what a template refers to. Names that only running it would tell, such as {{ index . $x }}, are not among them.
func references(text string) ([]reference, error) {
	tree := parse.New("template")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", map[string]*parse.Tree{}); err != nil {
		return nil, err
	}
	w := &walker{text: text, variables: []variable{{"$", theFields}}}
	if tree.Root != nil {
		w.node(tree.Root, theFields)
	}
	return w.found, nil
}

// meaning is as much as is known of a value without running the template.
type meaning int

const (
	unknown   meaning = iota
	theFields         // what dot is at first: its members are the fields
	theLabels         // .label: its members are called like the fields
)

type variable struct {
	name    string
	meaning meaning
}

// walker follows dot and variables through a template.
type walker struct {
	text      string
	found     []reference
	variables []variable
}

func (w *walker) node(n parse.Node, dot meaning) {
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			w.node(child, dot)
		}
	case *parse.ActionNode:
		w.pipe(n.Pipe, dot)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			w.pipe(n.Pipe, dot)
		}
	case *parse.IfNode:
		w.branch(&n.BranchNode, dot, func(meaning) meaning { return dot })
	case *parse.WithNode:
		w.branch(&n.BranchNode, dot, func(of meaning) meaning { return of })
	case *parse.RangeNode:
		w.branch(&n.BranchNode, dot, func(meaning) meaning { return unknown })
	}
}

// branch walks if, with and range; inner says what dot is inside, given what their pipe means.
func (w *walker) branch(n *parse.BranchNode, dot meaning, inner func(meaning) meaning) {
	outside := len(w.variables)
	of := w.pipe(n.Pipe, dot)
	if n.NodeType == parse.NodeRange {
		for i := outside; i < len(w.variables); i++ {
			w.variables[i].meaning = unknown
		}
	}
	scope := len(w.variables)
	w.node(n.List, inner(of))
	w.variables = w.variables[:scope]
	if n.ElseList != nil {
		w.node(n.ElseList, dot)
	}
	w.variables = w.variables[:outside]
}

func (w *walker) pipe(p *parse.PipeNode, dot meaning) meaning {
	if p == nil {
		return unknown
	}
	result := unknown
	var piped parse.Node
	for _, command := range p.Cmds {
		result = w.command(command.Args, piped, dot)
		piped = nil
		if len(command.Args) == 1 {
			piped = command.Args[0]
		}
	}
	for _, v := range p.Decl {
		w.assign(v.Ident[0], result, p.IsAssign)
	}
	return result
}

func (w *walker) assign(name string, m meaning, existing bool) {
	if !existing {
		w.variables = append(w.variables, variable{name, m})
		return
	}
	for i := len(w.variables) - 1; i >= 0; i-- {
		if w.variables[i].name == name {
			w.variables[i].meaning = m
			return
		}
	}
}

func (w *walker) lookup(name string) meaning {
	for i := len(w.variables) - 1; i >= 0; i-- {
		if w.variables[i].name == name {
			return w.variables[i].meaning
		}
	}
	return unknown
}

// nameTakers are the functions whose first argument is a name.
var nameTakers = map[string]target{"table": cellName, "rows": cellName, "value": cellName, "snippet": snippetName}

func (w *walker) command(args []parse.Node, piped parse.Node, dot meaning) meaning {
	meanings := make([]meaning, len(args))
	for i, arg := range args {
		meanings[i] = w.operand(arg, dot)
	}
	function, ok := args[0].(*parse.IdentifierNode)
	if !ok {
		return meanings[0]
	}
	rest := args[1:]
	if len(rest) == 0 && piped != nil {
		rest = []parse.Node{piped}
	}
	if of, takes := nameTakers[function.Ident]; takes && len(rest) > 0 {
		w.literal(rest[0], of)
	}
	if (function.Ident == "index" || function.Ident == "get") && len(args) > 2 && meanings[1] != unknown {
		return w.member(args[2], meanings[1])
	}
	return unknown
}

// member is what index and get yield for a literal name.
func (w *walker) member(n parse.Node, of meaning) meaning {
	literal, ok := n.(*parse.StringNode)
	if !ok {
		return unknown
	}
	if of == theFields && reserved[literal.Text] {
		return meaningOf(literal.Text)
	}
	w.literal(n, fieldName)
	return unknown
}

func (w *walker) operand(n parse.Node, dot meaning) meaning {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return w.chain(n.Ident, dot, w.start(n.Position(), "."+strings.Join(n.Ident, "."), len(n.Ident[0])+1)+1)
	case *parse.VariableNode:
		start := w.start(n.Position(), strings.Join(n.Ident, "."), len(n.Ident[0]))
		return w.chain(n.Ident[1:], w.lookup(n.Ident[0]), start+len(n.Ident[0])+1)
	case *parse.ChainNode:
		of := w.operand(n.Node, dot)
		return w.chain(n.Field, of, int(n.Position())+1)
	case *parse.PipeNode:
		return w.pipe(n, dot)
	}
	return unknown
}

// start is where a chain of names starts. The parser gives the place of its first name, or of the second when there are several.
func (w *walker) start(at parse.Pos, written string, first int) int {
	if back := int(at) - first; back >= 0 && strings.HasPrefix(w.text[back:], written) {
		return back
	}
	return int(at)
}

// reserved are the names that templates have besides the fields.
var reserved = map[string]bool{"label": true, "user": true, "run": true, "report": true}

func meaningOf(name string) meaning {
	if name == "label" {
		return theLabels
	}
	return unknown
}

// chain follows .a.b from a meaning; at is the offset of the first name.
func (w *walker) chain(names []string, of meaning, at int) meaning {
	for _, name := range names {
		switch {
		case of == theFields && reserved[name]:
			of = meaningOf(name)
		case of != unknown:
			w.add(fieldName, name, at)
			of = unknown
		}
		at += len(name) + 1
	}
	return of
}

func (w *walker) literal(n parse.Node, of target) {
	if s, ok := n.(*parse.StringNode); ok {
		w.add(of, s.Text, int(s.Position())+1)
	}
}

func (w *walker) add(of target, name string, at int) {
	w.found = append(w.found, reference{of, name, at, at + len(name)})
}
