package reports

import (
	"regexp"
	"slices"
)

const nameRule = "a name is made of lower-case latin letters, digits and _, begins with a letter and is none of true, false and null"

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// isName tells whether cells and snippets may be called so. The three words mean something else to YAML.
func isName(name string) bool {
	return nameForm.MatchString(name) && !slices.Contains([]string{"true", "false", "null"}, name)
}

// target is what a name in a document stands for.
type target string

const (
	cellName    target = "cell"
	fieldName   target = "field"
	snippetName target = "snippet"
)

// mention is a name that stands outside of templates.
type mention struct {
	target   target
	span     span
	declares bool // this is where the name comes from
	blocks   int  // the cells among so many blocks, from the first, may be meant
}

func (d *Document) mention(m mention) { d.mentions = append(d.mentions, m) }
