package templates

import (
	"fmt"
	"regexp"
	"slices"
	"text/template/parse"
)

// known notes the use of a function, or that there is none of the name.
func (c *checker) known(function *parse.IdentifierNode) bool {
	name := function.Ident
	if c.functions[name] {
		c.uses.functions[name] = true
		return true
	}
	c.problem(int(function.Pos), "%s", c.noFunction(name))
	return false
}

func (c *checker) noFunction(name string) string {
	why := unavailable[name]
	switch {
	case c.field(name) != nil:
		return fmt.Sprintf("%s is a field: write .%s", name, name)
	case why == "" && !sprigHas(name):
		return fmt.Sprintf("there is no function %s%s", name, didYouMean(name, sortedKeys(c.functions)))
	case why == "":
		why = "what a template yields must depend on its values alone"
	}
	return fmt.Sprintf("the function %s is not available here: %s", name, why)
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`)

// special checks the functions that yield the analyst's own words or name cells: what decides must be written in the template
// itself, so that no value can take its place.
func (c *checker) special(function *parse.IdentifierNode, args []parse.Node, piped bool) {
	at := int(function.Pos)
	switch function.Ident {
	case "ident":
		if len(args) < 2 || piped {
			c.problem(at, `ident takes a value and the names it may be, as in {{ ident .metric "revenue" "orders" }}`)
			return
		}
		for _, name := range c.literals("ident", args[1:]) {
			if !identifier.MatchString(name) {
				c.problem(at, "ident: %q is no name of letters, digits, _ and dots", name)
			}
		}
	case "snippet":
		for _, name := range c.exactly(function, 1, args, piped, `{{ snippet "active_users" }}`) {
			c.uses.snippets = append(c.uses.snippets, snippetCall{name, at})
		}
	case "table":
		for _, name := range c.exactly(function, 1, args, piped, `{{ table "buyers" }}`) {
			c.cell(name, at, c.uses.tables)
		}
	case "rows":
		for _, name := range c.exactly(function, 1, args, piped, `{{ rows "buyers" }}`) {
			c.cell(name, at, c.uses.rows)
		}
	case "value":
		if names := c.exactly(function, 2, args, piped, `{{ value "totals" "revenue" }}`); len(names) == 2 {
			c.cell(names[0], at, c.uses.values)
		}
	}
}

func (c *checker) exactly(function *parse.IdentifierNode, n int, args []parse.Node, piped bool, example string) []string {
	if len(args) != n || piped {
		c.problem(int(function.Pos), "%s is written as in %s", function.Ident, example)
		return nil
	}
	return c.literals(function.Ident, args)
}

// literals are the texts of arguments that must be written out.
func (c *checker) literals(function string, args []parse.Node) []string {
	var texts []string
	for _, arg := range args {
		text, ok := arg.(*parse.StringNode)
		if !ok {
			c.problem(c.start(arg), "%s: the name must be written out in double quotes, it cannot come from a value", function)
			continue
		}
		texts = append(texts, text.Text)
	}
	return texts
}

func (c *checker) cell(name string, at int, used set) {
	if !slices.Contains(c.scope.Cells, name) {
		c.problem(at, "there is no cell %s before this one%s", name, didYouMean(name, c.scope.Cells))
		return
	}
	used[name] = true
}
