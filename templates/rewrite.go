package templates

import (
	"strconv"
	"text/template/parse"

	"github.com/vitrina-reports/vitrina/forms"
)

// Names of the functions that the rewriting calls. The checker knows none of them, so no template can.
const (
	bindName = "_bind" // output of an action, in SQL
	textName = "_text" // a piece of the analyst's own text, in SQL
	eachName = "_each" // what a loop goes over
	showName = "_show" // output of an action, in text
)

// rewriter turns a checked tree into one that writes nothing by itself: what an action yields goes through a function of ours, as
// the escapers of html/template do it.
type rewriter struct {
	form  forms.Form
	sql   bool
	inner int // with and range around, in which the dot is another
	// literals are the texts of an SQL template, by the number with which the tree names them.
	literals []string
}

func (r *rewriter) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		list.Nodes[i] = r.node(node)
	}
}

func (r *rewriter) node(node parse.Node) parse.Node {
	switch node := node.(type) {
	case *parse.TextNode:
		if r.sql {
			return r.text(node)
		}
	case *parse.ActionNode:
		r.output(node)
	case *parse.IfNode:
		r.list(node.List)
		r.list(node.ElseList)
	case *parse.WithNode:
		r.inner++
		r.list(node.List)
		r.inner--
		r.list(node.ElseList)
	case *parse.RangeNode:
		node.Pipe.Cmds = append(node.Pipe.Cmds, call(eachName, node.Pos))
		r.inner++
		r.list(node.List)
		r.inner--
		r.list(node.ElseList)
	}
	return node
}

func (r *rewriter) text(node *parse.TextNode) parse.Node {
	number := int64(len(r.literals))
	r.literals = append(r.literals, string(node.Text))
	index := &parse.NumberNode{NodeType: parse.NodeNumber, Pos: node.Pos, IsInt: true, Int64: number, Text: strconv.FormatInt(number, 10)}
	pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: node.Pos, Cmds: []*parse.CommandNode{call(textName, node.Pos, index)}}
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: node.Pos, Pipe: pipe}
}

func (r *rewriter) output(node *parse.ActionNode) {
	if len(node.Pipe.Decl) > 0 {
		return
	}
	if !r.sql {
		node.Pipe.Cmds = append(node.Pipe.Cmds, call(showName, node.Pos))
		return
	}
	null := &parse.StringNode{NodeType: parse.NodeString, Pos: node.Pos, Text: r.nullOf(node.Pipe)}
	null.Quoted = strconv.Quote(null.Text)
	node.Pipe.Cmds = append(node.Pipe.Cmds, call(bindName, node.Pos, null))
}

// nullOf is the type of NULL for an action that writes a field and nothing else.
func (r *rewriter) nullOf(pipe *parse.PipeNode) string {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return ""
	}
	path := rootPath(pipe.Cmds[0].Args[0], r.inner == 0)
	if len(path) == 0 {
		return ""
	}
	if field := fieldNamed(r.form, path[0]); field != nil {
		return nullType(field)
	}
	return ""
}

// rootPath is a node's path from the root, if it has one: $.x always, .x where the dot is the root.
func rootPath(node parse.Node, dotIsRoot bool) []string {
	switch node := node.(type) {
	case *parse.FieldNode:
		if dotIsRoot {
			return node.Ident
		}
	case *parse.VariableNode:
		if node.Ident[0] == "$" {
			return node.Ident[1:]
		}
	}
	return nil
}

func call(function string, pos parse.Pos, args ...parse.Node) *parse.CommandNode {
	name := parse.NewIdentifier(function).SetPos(pos)
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos, Args: append([]parse.Node{name}, args...)}
}
