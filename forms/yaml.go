package forms

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// FieldKeys are the keys a field may have in a document.
func FieldKeys() []string { return keysOf(reflect.TypeFor[Field]()) }

// OptionKeys are the keys an option may have in a document.
func OptionKeys() []string { return keysOf(reflect.TypeFor[Option]()) }

func keysOf(of reflect.Type) []string {
	keys := make([]string, of.NumField())
	for i := range keys {
		keys[i], _, _ = strings.Cut(of.Field(i).Tag.Get("yaml"), ",")
	}
	return keys
}

// UnmarshalYAML keeps every field in its place, also one that is wrong in part, so that a [Problem] has the index of the document.
// What is wrong comes as a yaml.TypeError, with lines.
func (f *Form) UnmarshalYAML(node *yaml.Node) error {
	if node = target(node); node.Kind != yaml.SequenceNode {
		return wrongShape(node, "a form is a list of fields")
	}
	*f = make(Form, len(node.Content))
	var wrong yaml.TypeError
	for i, field := range node.Content {
		err := field.Decode(&(*f)[i])
		if types := (*yaml.TypeError)(nil); errors.As(err, &types) {
			wrong.Errors = append(wrong.Errors, types.Errors...)
		} else if err != nil {
			return err
		}
	}
	if wrong.Errors != nil {
		return &wrong
	}
	return nil
}

// UnmarshalYAML keeps default, min and max letter by letter: 00123 stays that, 2025-01-31 is no point in time, 0.1 no float.
func (f *Field) UnmarshalYAML(node *yaml.Node) error {
	type plain Field
	err := node.Decode((*plain)(f))
	if types := (*yaml.TypeError)(nil); err != nil && !errors.As(err, &types) {
		return err
	}
	for key, target := range map[string]*any{"default": &f.Default, "min": &f.Min, "max": &f.Max} {
		if value := valueOf(node, key); value != nil && *target != nil {
			*target = asWritten(value)
		}
	}
	return err
}

// UnmarshalYAML keeps values letter by letter, as Field does.
func (r *Raw) UnmarshalYAML(node *yaml.Node) error {
	var decoded map[string]any
	if err := node.Decode(&decoded); err != nil {
		return err
	}
	*r = decoded
	for name := range decoded {
		if value := valueOf(node, name); value != nil {
			decoded[name] = asWritten(value)
		}
	}
	return nil
}

// UnmarshalYAML takes a list of options, of which a plain scalar is an option's value, or a mapping with sql for a query.
func (o *Options) UnmarshalYAML(node *yaml.Node) error {
	switch node = target(node); node.Kind {
	case yaml.SequenceNode:
		return node.Decode(&o.Given)
	case yaml.MappingNode:
		var query struct {
			SQL string `yaml:"sql"`
		}
		err := node.Decode(&query)
		o.Query = query.SQL
		return err
	}
	return wrongShape(node, "options are a list, or sql: and a query that returns value and label")
}

// MarshalYAML is the form that UnmarshalYAML reads.
func (o Options) MarshalYAML() (any, error) {
	if o.Query != "" {
		return map[string]string{"sql": o.Query}, nil
	}
	return o.Given, nil
}

// UnmarshalYAML takes a mapping, or a scalar as the value, letter by letter.
func (o *Option) UnmarshalYAML(node *yaml.Node) error {
	type plain Option
	switch node = target(node); node.Kind {
	case yaml.ScalarNode:
		o.Value = node.Value
		return nil
	case yaml.MappingNode:
		return node.Decode((*plain)(o))
	}
	return wrongShape(node, "an option is a value, or has value, label and sql")
}

func wrongShape(node *yaml.Node, sentence string) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %s", node.Line, sentence)}}
}

func target(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// valueOf is the node under a key of a mapping.
func valueOf(node *yaml.Node, key string) *yaml.Node {
	node = target(node)
	for i := 0; i+1 < len(node.Content) && node.Kind == yaml.MappingNode; i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}

// asWritten is the raw value of a node, its scalars as text. The node must have been decoded to its end before, which rules out
// aliases that contain themselves or multiply without end.
func asWritten(node *yaml.Node) any {
	switch node = target(node); {
	case node.Kind == yaml.SequenceNode:
		return mapped(node.Content, asWritten)
	case node.Kind == yaml.MappingNode:
		parts := make(map[string]any, len(node.Content)/2)
		for i := 0; i+1 < len(node.Content); i += 2 {
			parts[node.Content[i].Value] = asWritten(node.Content[i+1])
		}
		return parts
	case node.ShortTag() == "!!null":
		return nil
	}
	return node.Value
}
