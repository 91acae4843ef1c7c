package templates

import (
	"text/template/parse"

	"github.com/vitrina-reports/vitrina/forms"
)

// context follows the SQL through every way a template can go, and refuses what writes a value where it would not be one: in
// strings, quoted names and comments, or glued to a word.
type context struct {
	*source
	form  forms.Form
	loops []*loop
}

// way is one way through the template so far.
type way struct {
	lexer
	value *parse.ActionNode // a value that stands right before, if one surely does
}

// loop collects the ways that leave a round early.
type loop struct{ exits []way }

// checkContext follows the tree from the start of a statement. A text that ends within a string or comment is a problem,
// but for a line comment, of which it tells.
func checkContext(s *source, scope Scope) (endsInComment bool) {
	c := &context{source: s, form: scope.Form}
	last := c.list(s.tree.Root, way{lexer: newLexer(scope.Dialect)})
	c.ownPlaceholder(last.settle())
	if last.mode != code && last.mode != lineNote {
		c.problem(last.start, "%s begins here and never ends", last.mode)
	}
	return last.mode == lineNote
}

func (c *context) list(list *parse.ListNode, w way) way {
	if list == nil {
		return w
	}
	for _, node := range list.Nodes {
		w = c.node(node, w)
	}
	return w
}

func (c *context) node(node parse.Node, w way) way {
	switch node := node.(type) {
	case *parse.TextNode:
		return c.text(node, w)
	case *parse.ActionNode:
		if len(node.Pipe.Decl) == 0 {
			return c.output(node, w)
		}
	case *parse.IfNode:
		return c.meet(&node.BranchNode, c.list(node.List, w), c.list(node.ElseList, w))
	case *parse.WithNode:
		return c.meet(&node.BranchNode, c.list(node.List, w), c.list(node.ElseList, w))
	case *parse.RangeNode:
		return c.loop(node, w)
	case *parse.BreakNode, *parse.ContinueNode:
		inner := c.loops[len(c.loops)-1]
		inner.exits = append(inner.exits, w)
	}
	return w
}

func (c *context) text(node *parse.TextNode, w way) way {
	if w.value != nil && len(node.Text) > 0 {
		if w.mode == code && wordByte(node.Text[0]) {
			c.touches(w.value)
		}
		w.value = nil
	}
	for i, b := range node.Text {
		c.ownPlaceholder(w.next(b, int(node.Pos)+i))
	}
	return w
}

func (c *context) ownPlaceholder(offset int) {
	if offset == none {
		return
	}
	c.problem(offset, "a placeholder of the database's own would clash with those made for values: write the field instead, as in {{ .partner }}")
}

func (c *context) touches(node *parse.ActionNode) {
	c.problem(c.opening(node.Pos), "%s touches a word: a value cannot be part of a name or number. Put a space between; for a name, use {{ ident … }}",
		shown(node.Pipe))
}

func (c *context) output(node *parse.ActionNode, w way) way {
	c.ownPlaceholder(w.settle())
	if w.mode != code {
		c.misplaced(node, w)
		return w
	}
	surely := c.isValue(node.Pipe)
	if surely && w.value != nil {
		c.problem(c.opening(node.Pos), "%s touches the value before it: put a comma or an operator between", shown(node.Pipe))
	}
	if surely && wordByte(w.prev) {
		c.touches(node)
	}
	w.interrupt()
	w.value = nil
	if surely {
		w.value = node
	}
	return w
}

// misplaced tells how an action in a string, name or comment is to be written.
func (c *context) misplaced(node *parse.ActionNode, w way) {
	action := shown(node.Pipe)
	at := c.opening(node.Pos)
	switch w.mode {
	case single, heredoc:
		c.problem(at, "%s stands inside %s: write it without the quotes, as in name = %s; for a part of a text, concat('%%', %s, '%%')",
			action, w.mode, action, action)
	case double, backquote:
		c.problem(at, `%s stands inside %s: a value cannot be a name. Write {{ ident … "one" "other" }} without the quotes`, action, w.mode)
	default:
		c.problem(at, "%s stands inside %s of the SQL: take it out, or make the whole a comment of the template, {{/* … */}}", action, w.mode)
	}
}

// isValue tells whether a pipeline surely yields a value, not the analyst's SQL.
func (c *context) isValue(pipe *parse.PipeNode) bool {
	cmd := pipe.Cmds[len(pipe.Cmds)-1]
	switch first := cmd.Args[0].(type) {
	case *parse.IdentifierNode:
		return first.Ident != "ident" && first.Ident != "snippet" && !choosing[first.Ident]
	case *parse.FieldNode:
		field := fieldNamed(c.form, first.Ident[0])
		return field != nil && !givesSQL(field)
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		return true
	default:
		return false
	}
}

// choosing are functions that may hand on the analyst's SQL.
var choosing = map[string]bool{
	"and": true, "or": true, "index": true, "default": true, "coalesce": true, "ternary": true, "get": true, "dig": true,
	"first": true, "last": true, "mustFirst": true, "mustLast": true, "rest": true, "initial": true, "reverse": true,
	"list": true, "tuple": true, "append": true, "prepend": true, "push": true, "concat": true, "slice": true,
	"uniq": true, "without": true, "compact": true,
}

// meet joins the two ways of a branch.
func (c *context) meet(branch *parse.BranchNode, a, b way) way {
	joined, ok := join(a, b)
	if !ok {
		c.problem(c.opening(branch.Pos), "one way through this action ends inside %s, another in %s: close it before {{ else }} or {{ end }}",
			deeper(a, b).mode, shallower(a, b).mode)
	}
	return joined
}

// join is the way after two others met. A line comment on one of them is taken for one on both: it ends by itself.
func join(a, b way) (way, bool) {
	a.settle()
	b.settle()
	switch {
	case a.mode == lineNote && b.mode == code:
		return a, true
	case b.mode == lineNote && a.mode == code:
		return b, true
	case !a.meets(b.lexer):
		return shallower(a, b), false
	}
	if a.prev != b.prev || a.word != b.word {
		a.prev, a.word = 0, ""
	}
	a.brace = max(a.brace, b.brace)
	if a.value == nil {
		a.value = b.value
	}
	if a.tail != b.tail {
		a.tail = ""
	}
	return a, true
}

func deeper(a, b way) way {
	if a.mode == code {
		return b
	}
	return a
}

func shallower(a, b way) way {
	if a.mode == code {
		return a
	}
	return b
}

// loop follows one round. It must end where it began, so that the next is read alike.
func (c *context) loop(node *parse.RangeNode, w way) way {
	inner := &loop{}
	c.loops = append(c.loops, inner)
	end := c.list(node.List, w)
	c.loops = c.loops[:len(c.loops)-1]
	after := w
	for _, exit := range append(inner.exits, end) {
		exit.settle()
		if !after.meets(exit.lexer) {
			c.problem(c.opening(node.Pos), "a round of this loop begins in %s and ends in %s: close it before {{ end }}", w.mode, exit.mode)
			continue
		}
		after, _ = join(after, exit)
	}
	return c.meet(&node.BranchNode, after, c.list(node.ElseList, w))
}
