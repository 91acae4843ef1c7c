package templates

import (
	"strings"
	"text/template/parse"
)

// Condition is a parsed show_if.
type Condition struct{ text *Text }

const conditionOpening = "{{ "

// ParseCondition reads a bare expression, such as .region or eq .kind "card", or a template. It holds when what it yields is not
// empty, "false", "0" or "no".
func ParseCondition(text string, scope Scope) (*Condition, []Problem) {
	bare := !strings.Contains(text, "{{")
	written := text
	if bare {
		written = conditionOpening + text + " }}"
	}
	parsed, problems := ParseText(written, scope)
	if bare {
		problems = unwrapped(problems)
	}
	if len(problems) == 0 && bare && !oneAction(parsed.source.tree.Root) {
		problems = []Problem{{Line: 1, Column: 1, Message: `a condition is one expression, as in eq .kind "card"`}}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return &Condition{parsed}, nil
}

// unwrapped moves places back to the text without the braces put around it.
func unwrapped(problems []Problem) []Problem {
	for i := range problems {
		if problems[i].Line == 1 {
			problems[i].Column = max(problems[i].Column-len(conditionOpening), 1)
		}
	}
	return problems
}

func oneAction(root *parse.ListNode) bool {
	if len(root.Nodes) != 1 {
		return false
	}
	action, ok := root.Nodes[0].(*parse.ActionNode)
	return ok && len(action.Pipe.Decl) == 0
}

// Fields are the names of the form's fields that the condition looks at.
func (c *Condition) Fields() []string { return c.text.Fields() }

// Holds tells whether the field is shown.
func (c *Condition) Holds(env Env) (bool, error) {
	text, err := c.text.Render(env)
	if err != nil {
		return false, err
	}
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "false", "0", "no":
		return false, nil
	default:
		return true, nil
	}
}
