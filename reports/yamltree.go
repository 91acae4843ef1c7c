package reports

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// tree is a part of the document that is YAML: the front matter, or the body of a chart or cohort cell.
type tree struct {
	doc   *Document
	part  extent
	lines []int // offsets in the document of the lines as YAML counts them, which know more line breaks than we do
	size  map[*yaml.Node]int
}

// maxNodes bounds what aliases may multiply a part into.
const maxNodes = 100_000

// readYAML returns the top of the YAML in a part, or nil when it is empty or does not parse; then that is among the findings.
func (d *Document) readYAML(part extent) (*tree, *yaml.Node) {
	src := d.data[part.start:part.end]
	t := &tree{doc: d, part: part, lines: yamlLines(src, part.start), size: map[*yaml.Node]int{}}
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	var root yaml.Node
	err := decoder.Decode(&root)
	if errors.Is(err, io.EOF) {
		return t, nil
	}
	if err == nil && !errors.Is(decoder.Decode(new(yaml.Node)), io.EOF) {
		err = errors.New("yaml: a second YAML document starts in the middle")
	}
	if err != nil {
		d.find(t.syntaxError(err))
		return t, nil
	}
	top := root.Content[0]
	if t.count(top) > maxNodes {
		d.find(t.offset(top), "the aliases (*name) here multiply into too much: write the values out")
		return t, nil
	}
	return t, top
}

// count is the number of nodes under n with every alias followed, at most a little over maxNodes. An alias within its own anchor is
// too much.
func (t *tree) count(n *yaml.Node) int {
	if size, known := t.size[n]; known {
		return size
	}
	t.size[n] = maxNodes + 1
	total := 1
	if n.Kind == yaml.AliasNode {
		total += t.count(n.Alias)
	}
	for _, child := range n.Content {
		if total <= maxNodes {
			total += t.count(child)
		}
	}
	t.size[n] = total
	return total
}

func yamlLines(src []byte, base int) []int {
	starts := []int{base}
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		i += size
		switch r {
		case '\r':
			if i < len(src) && src[i] == '\n' {
				continue
			}
			starts = append(starts, base+i)
		case '\n', '\u0085', '\u2028', '\u2029':
			starts = append(starts, base+i)
		}
	}
	return starts
}

// offset is where a node starts in the document.
func (t *tree) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(t.lines) {
		return t.part.start
	}
	at := t.lines[n.Line-1]
	for column := n.Column; column > 1 && at < t.part.end; column-- {
		_, size := utf8.DecodeRune(t.doc.data[at:])
		at += size
	}
	return at
}

func (t *tree) find(n *yaml.Node, message string) { t.doc.find(t.offset(n), message) }

var yamlLine = regexp.MustCompile(`^line (\d+): `)

// syntaxError is YAML's complaint in our words, at the first line without which the part would parse: the line that the parser
// names is often that of the construct around it.
func (t *tree) syntaxError(err error) (offset int, message string) {
	message = strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = message[len(m[0]):]
	}
	if culprit, ok := t.culprit(); ok {
		line = culprit
	}
	at := t.lines[min(max(line, 1), len(t.lines))-1]
	text := t.doc.data[at:t.doc.line(at).end]
	return at + len(text) - len(bytes.TrimLeft(text, " ")), "the YAML does not parse: " + message + advice(message, string(text))
}

// culpritBudget bounds the search for the line at fault, in bytes parsed.
const culpritBudget = 32 << 20

func (t *tree) culprit() (line int, ok bool) {
	if len(t.lines)*(t.part.end-t.part.start) > culpritBudget {
		return 0, false
	}
	for n := len(t.lines) - 1; n >= 0; n-- {
		if yaml.Unmarshal(t.doc.data[t.part.start:t.lines[n]], new(yaml.Node)) == nil {
			return n + 1, true
		}
	}
	return 0, false
}

var unquotedTemplate = regexp.MustCompile(`[:\-,\[]\s+\{\{`)

// advice adds to YAML's words what a person would do about the line.
func advice(message, line string) string {
	switch {
	case unquotedTemplate.MatchString(line):
		return " (put quotes around a value that begins with {{)"
	case strings.Contains(message, "cannot start any token"):
		return " (indent with spaces, not tabs, and quote a value that begins with @, ` or %)"
	case strings.Contains(message, "tab character"):
		return " (indent with spaces)"
	case strings.Contains(message, "unexpected end of stream"):
		return " (a quote that opens here is never closed)"
	case strings.Contains(message, "mapping values are not allowed"):
		return " (quote a value that has a colon in it)"
	case strings.Contains(message, "did not find expected"):
		return " (look at the indentation, at missing quotes and brackets)"
	}
	return ""
}
