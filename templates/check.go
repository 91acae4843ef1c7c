package templates

import (
	"slices"
	"strings"
	"text/template/parse"
	"unicode"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/forms"
)

// set is a set of names.
type set map[string]bool

// uses are the names a template asks for.
type uses struct {
	fields, labels, tables, rows, values, functions set

	snippets []snippetCall
}

// snippetCall is one use of a snippet and where it stands.
type snippetCall struct {
	name   string
	offset int
}

func newUses() uses {
	return uses{fields: set{}, labels: set{}, tables: set{}, rows: set{}, values: set{}, functions: set{}}
}

func (u uses) add(other uses) {
	for _, pair := range [][2]set{{u.fields, other.fields}, {u.labels, other.labels}, {u.tables, other.tables}, {u.functions, other.functions}} {
		for name := range pair[1] {
			pair[0][name] = true
		}
	}
}

// checker walks a tree and notes what cannot work: names that do not exist, functions that are not to be had, arguments that must
// be the analyst's own words and are not.
type checker struct {
	*source
	scope     Scope
	sql       bool
	functions map[string]bool
	uses      uses
	vars      map[string]shape
}

// shape is what is known of a value before it is there.
type shape struct {
	root bool
	// known: no name can follow but these.
	known bool
	keys  []string
}

var (
	anything = shape{}
	scalar   = shape{known: true}
	span     = shape{known: true, keys: []string{"from", "to"}}
)

func check(s *source, scope Scope, sql bool) uses {
	c := &checker{source: s, scope: scope, sql: sql, functions: textNames(), uses: newUses(), vars: map[string]shape{"$": {root: true}}}
	if sql {
		c.functions = sqlNames()
	}
	c.list(s.tree.Root, shape{root: true})
	return c.uses
}

func (c *checker) list(list *parse.ListNode, dot shape) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		if c.full() {
			return
		}
		c.node(node, dot)
	}
}

func (c *checker) node(node parse.Node, dot shape) {
	switch node := node.(type) {
	case *parse.ActionNode:
		c.declare(node.Pipe, c.pipe(node.Pipe, dot))
		c.output(node.Pipe, dot)
	case *parse.IfNode:
		c.declare(node.Pipe, c.pipe(node.Pipe, dot))
		c.list(node.List, dot)
		c.list(node.ElseList, dot)
	case *parse.WithNode:
		inner := c.pipe(node.Pipe, dot)
		c.declare(node.Pipe, inner)
		c.list(node.List, inner)
		c.list(node.ElseList, dot)
	case *parse.RangeNode:
		c.pipe(node.Pipe, dot)
		c.declare(node.Pipe, anything)
		c.list(node.List, anything)
		c.list(node.ElseList, dot)
	case *parse.TemplateNode:
		c.problem(c.opening(node.Pos), "{{ template }} is not available: make it a snippet")
	}
}

func (c *checker) declare(pipe *parse.PipeNode, s shape) {
	for _, variable := range pipe.Decl {
		name := variable.Ident[0]
		if name == "$" {
			c.problem(int(variable.Pos), "$ stands for all fields and cannot be set: name the variable, as in $x")
			continue
		}
		if old, ok := c.vars[name]; ok && !slices.Equal(old.keys, s.keys) {
			s = anything
		}
		c.vars[name] = s
	}
}

// output refuses to write a group of values, or a date range, as if it were one.
func (c *checker) output(pipe *parse.PipeNode, dot shape) {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return
	}
	path := rootPath(pipe.Cmds[0].Args[0], dot.root)
	if len(path) != 1 {
		return
	}
	if field := c.field(path[0]); field != nil && field.Kind == forms.DateRange && c.sql {
		c.problem(c.start(pipe.Cmds[0].Args[0]), ".%s is a date range: use .%s.from and .%s.to", path[0], path[0], path[0])
	}
}

// pipe checks a pipeline and tells the shape of its value.
func (c *checker) pipe(pipe *parse.PipeNode, dot shape) shape {
	if pipe == nil {
		return anything
	}
	for i, cmd := range pipe.Cmds {
		c.command(cmd, i > 0, dot)
	}
	if len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 1 {
		return c.shapeOf(pipe.Cmds[0].Args[0], dot)
	}
	return anything
}

func (c *checker) command(cmd *parse.CommandNode, piped bool, dot shape) {
	name, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		c.operand(cmd.Args[0], dot)
		if piped || len(cmd.Args) > 1 {
			c.problem(c.start(cmd.Args[0]), "%s is a value, not a function: it takes nothing", cmd.Args[0])
		}
	}
	for _, arg := range cmd.Args[1:] {
		c.operand(arg, dot)
	}
	if ok && c.known(name) {
		c.special(name, cmd.Args[1:], piped)
	}
}

// operand checks one part of a command; a function name in the place of a value is a call without arguments.
func (c *checker) operand(node parse.Node, dot shape) {
	switch node := node.(type) {
	case *parse.IdentifierNode:
		if c.known(node) {
			c.special(node, nil, false)
		}
	case *parse.PipeNode:
		for _, variable := range node.Decl {
			c.problem(int(variable.Pos), "a variable cannot be set within parentheses")
		}
		c.pipe(node, dot)
	case *parse.ChainNode:
		c.operand(node.Node, dot)
		c.capitals(node.Field, int(node.Pos))
	case *parse.DotNode:
		if dot.root {
			c.problem(int(node.Pos), "a single . stands for all fields at once: name the one you need%s", c.example())
		}
	case *parse.NumberNode:
		if strings.HasPrefix(node.Text, "'") {
			c.problem(int(node.Pos), singleQuotes)
		}
	case *parse.VariableNode:
		c.variable(node)
	case *parse.FieldNode:
		c.names(node.Ident, dot, c.start(node))
	}
}

func (c *checker) variable(node *parse.VariableNode) {
	s := c.vars[node.Ident[0]]
	if s.root && len(node.Ident) == 1 {
		c.problem(int(node.Pos), "a single $ stands for all fields at once: name the one you need%s", c.example())
		return
	}
	c.names(node.Ident[1:], s, c.start(node))
}

func (c *checker) example() string {
	if len(c.scope.Form) == 0 {
		return ""
	}
	return ", as in ." + c.scope.Form[0].Name
}

// names checks the path that follows a value of the shape.
func (c *checker) names(path []string, s shape, at int) {
	if !c.capitals(path, at) {
		return
	}
	if s.root {
		c.fromRoot(path, at)
		return
	}
	c.keys("", path, s, at)
}

// capitals refuses Go's methods and struct fields, which all begin with one.
func (c *checker) capitals(path []string, at int) bool {
	for _, name := range path {
		if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) {
			c.problem(at, "there is no .%s: names of values are written small, and what Go can do with them is not available", name)
			return false
		}
	}
	return true
}

func (c *checker) keys(parent string, path []string, s shape, at int) {
	if !s.known || len(path) == 0 {
		return
	}
	switch {
	case len(s.keys) == 0:
		c.problem(at, "%s.%s: a single value has no parts", parent, path[0])
	case !slices.Contains(s.keys, path[0]):
		c.problem(at, "there is no %s.%s, only %s%s", parent, path[0], strings.Join(s.keys, ", "), didYouMean(path[0], s.keys))
	case len(path) > 1:
		c.problem(at, "%s.%s.%s: a single value has no parts", parent, path[0], path[1])
	}
}

// fromRoot checks a path from the root and notes the field it uses.
func (c *checker) fromRoot(path []string, at int) {
	name := path[0]
	if _, ok := groups[name]; ok {
		c.groupPath(name, path[1:], at)
		return
	}
	field := c.field(name)
	switch {
	case field == nil && slices.Contains(c.scope.Later, name):
		c.problem(at, "the field %s comes later in the form: only the fields before this one can be used here", name)
	case field == nil:
		c.problem(at, "there is no field %s%s", name, didYouMean(name, append(c.fieldNames(), sortedKeys(groups)...)))
	default:
		c.uses.fields[name] = true
		c.keys("."+name, path[1:], fieldShape(field), at)
	}
}

// groupPath checks what follows .label, .user, .run or .report.
func (c *checker) groupPath(group string, path []string, at int) {
	keys, kind := groups[group], "key"
	if group == "label" {
		keys, kind = c.fieldNames(), "field"
	}
	switch {
	case len(path) == 0:
		c.problem(at, ".%s is a group of values: name one, as in .%s.%s", group, group, append(slices.Clone(keys), kind)[0])
	case len(path) > 1:
		c.problem(at, ".%s.%s is a single value: .%s is too much", group, path[0], path[1])
	case !slices.Contains(keys, path[0]):
		c.problem(at, "there is no %s %s in .%s%s", kind, path[0], group, didYouMean(path[0], keys))
	case group == "label":
		c.uses.fields[path[0]], c.uses.labels[path[0]] = true, true
	}
}

func fieldShape(field *forms.Field) shape {
	if field.Kind == forms.DateRange {
		return span
	}
	return scalar
}

func (c *checker) field(name string) *forms.Field { return fieldNamed(c.scope.Form, name) }

func (c *checker) fieldNames() []string {
	names := make([]string, len(c.scope.Form))
	for i, field := range c.scope.Form {
		names[i] = field.Name
	}
	return names
}

func (c *checker) shapeOf(node parse.Node, dot shape) shape {
	if path := rootPath(node, dot.root); len(path) > 0 {
		if field := c.field(path[0]); field != nil && len(path) == 1 {
			return fieldShape(field)
		}
		return scalar
	}
	switch node := node.(type) {
	case *parse.VariableNode:
		if len(node.Ident) == 1 && node.Ident[0] != "$" {
			return c.vars[node.Ident[0]]
		}
	case *parse.DotNode:
		if !dot.root {
			return dot
		}
	}
	return anything
}

// start is where a name begins: the parser gives a path the place of its second part.
func (c *checker) start(node parse.Node) int {
	at := int(node.Position())
	switch node := node.(type) {
	case *parse.FieldNode:
		if len(node.Ident) > 1 {
			at -= len(node.Ident[0]) + 1
		}
	case *parse.VariableNode:
		if len(node.Ident) > 1 {
			at -= len(node.Ident[0])
		}
	}
	return at
}
