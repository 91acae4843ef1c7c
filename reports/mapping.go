package reports

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// mapping reads the keys of one YAML mapping. A reader returns the zero value when its key is absent or at fault; faults go to the
// findings.
type mapping struct {
	tree   *tree
	node   *yaml.Node
	what   string // what it is called in messages, with its article: "an export"
	keys   map[string]*yaml.Node
	values map[string]*yaml.Node
	faulty map[string]bool // keys with a finding already, also those that were meant by a key with a typing mistake
}

// mapping takes a node as a mapping with these keys and no others; nil if it is something else.
func (t *tree) mapping(n *yaml.Node, what string, known ...string) *mapping {
	n = follow(n)
	if n.Kind != yaml.MappingNode {
		t.find(n, fmt.Sprintf("%s must be written as keys with values%s", what, listed(known)))
		return nil
	}
	m := &mapping{t, n, what, map[string]*yaml.Node{}, map[string]*yaml.Node{}, map[string]bool{}}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		name := follow(key).Value
		switch _, twice := m.keys[name]; {
		case follow(key).Kind != yaml.ScalarNode:
			t.find(key, "a key must be a word; quote a value that begins with {")
		case len(known) > 0 && !slices.Contains(known, name):
			t.find(key, fmt.Sprintf("%s has no key %q%s", what, name, suggest(name, known)))
			m.faulty[Closest(name, known)] = true
		case twice:
			t.find(key, fmt.Sprintf("%s is written twice", name))
		default:
			m.keys[name], m.values[name] = key, n.Content[i+1]
		}
	}
	return m
}

func listed(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return ": it has " + strings.Join(keys, ", ")
}

func follow(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// value is the node of a key, nil when it is absent or empty.
func (m *mapping) value(key string) *yaml.Node {
	n := m.values[key]
	if n == nil || isNull(follow(n)) {
		return nil
	}
	return follow(n)
}

// place is the offset of a key's value, of the key if the value is empty, or of the mapping if there is no such key.
func (m *mapping) place(key string) int {
	if n := m.value(key); n != nil {
		return m.tree.offset(n)
	}
	if n := m.keys[key]; n != nil {
		return m.tree.offset(n)
	}
	return m.tree.offset(m.node)
}

// fault records what is wrong with a key. A key has one fault at most.
func (m *mapping) fault(key, format string, args ...any) {
	if !m.faulty[key] {
		m.faulty[key] = true
		m.tree.doc.find(m.place(key), fmt.Sprintf(format, args...))
	}
}

// need records a fault unless the key has a value.
func (m *mapping) need(keys ...string) {
	for _, key := range keys {
		if m.value(key) == nil {
			m.fault(key, "%s needs %s", m.what, key)
		}
	}
}

func (m *mapping) text(key string) string {
	n := m.value(key)
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		m.fault(key, "%s must be text%s", key, unquoted(n))
		return ""
	}
	return n.Value
}

// unquoted explains the commonest reason for a mapping where text was meant.
func unquoted(n *yaml.Node) string {
	if n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0 {
		return `: put quotes around a value that begins with {{`
	}
	return ""
}

// oneOf reads one of a few words; def stands for an absent key.
func (m *mapping) oneOf(key, def string, words ...string) string {
	value := m.text(key)
	if value == "" {
		return def
	}
	if !slices.Contains(words, value) {
		m.fault(key, "%s cannot be %q: use %s%s", key, value, alternatives(words), suggest(value, words))
		return def
	}
	return value
}

func (m *mapping) boolean(key string) bool {
	n := m.value(key)
	if n == nil {
		return false
	}
	var value bool
	if n.Tag != "!!bool" || n.Decode(&value) != nil {
		m.fault(key, "%s must be true or false", key)
	}
	return value
}

// number is nil when the key is absent or at fault.
func (m *mapping) number(key string) *float64 {
	n := m.value(key)
	if n == nil {
		return nil
	}
	var value float64
	if (n.Tag != "!!int" && n.Tag != "!!float") || n.Decode(&value) != nil || value != value || value-value != 0 {
		m.fault(key, "%s must be a number", key)
		return nil
	}
	return &value
}

// count reads a whole number that is at least low; def stands for an absent key.
func (m *mapping) count(key string, low, def int) int {
	n := m.value(key)
	if n == nil {
		return def
	}
	value := def
	if n.Tag != "!!int" || n.Decode(&value) != nil || value < low {
		m.fault(key, "%s must be a whole number, %d or more", key, low)
		return def
	}
	return value
}

// list is the items of a key, nil when it is absent or no list.
func (m *mapping) list(key string) []*yaml.Node {
	n := m.value(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		m.fault(key, "%s must be a list: [a, b] or a line with a dash for each", key)
		return nil
	}
	return n.Content
}

// words is a key that is a list of texts. Each is handed to see, if given, with its node.
func (m *mapping) words(key string, see func(n *yaml.Node)) []string {
	var words []string
	for _, item := range m.list(key) {
		item = follow(item)
		if item.Kind != yaml.ScalarNode || isNull(item) {
			m.tree.find(item, fmt.Sprintf("%s must be a list of texts%s", key, unquoted(item)))
			continue
		}
		words = append(words, item.Value)
		if see != nil {
			see(item)
		}
	}
	return words
}

// raw is a value as [forms.Raw] wants it: numbers and dates keep the digits they are written with.
func raw(n *yaml.Node) any {
	n = follow(n)
	switch n.Kind {
	case yaml.SequenceNode:
		items := make([]any, len(n.Content))
		for i, item := range n.Content {
			items[i] = raw(item)
		}
		return items
	case yaml.MappingNode:
		entries := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			entries[follow(n.Content[i]).Value] = raw(n.Content[i+1])
		}
		return entries
	}
	return rawScalar(n)
}

func rawScalar(n *yaml.Node) any {
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		var value bool
		if n.Decode(&value) == nil {
			return value
		}
	case "!!int", "!!float":
		return json.Number(n.Value)
	}
	return n.Value
}
