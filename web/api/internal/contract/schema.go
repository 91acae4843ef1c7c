package contract

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// Schema says what a value must be, in the words of OpenAPI that the document uses.
type Schema struct {
	Ref        string             `yaml:"$ref"`
	Type       string             `yaml:"type"`
	Format     string             `yaml:"format"`
	Nullable   bool               `yaml:"nullable"`
	Enum       []string           `yaml:"enum"`
	Pattern    string             `yaml:"pattern"`
	MinLength  int                `yaml:"minLength"`
	MaxLength  int                `yaml:"maxLength"`
	Minimum    *int64             `yaml:"minimum"`
	Maximum    *int64             `yaml:"maximum"`
	MinItems   int                `yaml:"minItems"`
	MaxItems   int                `yaml:"maxItems"`
	Items      *Schema            `yaml:"items"`
	Required   []string           `yaml:"required"`
	Properties map[string]*Schema `yaml:"properties"`
	More       more               `yaml:"additionalProperties"`
}

// more is what members an object may have beyond its properties: any, none or those of a schema.
type more struct {
	none   bool
	schema *Schema
}

func (m *more) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		var allowed bool
		err := node.Decode(&allowed)
		m.none = !allowed
		return err
	}
	return node.Decode(&m.schema)
}

// resolve follows a reference.
func (d *Document) resolve(s *Schema) *Schema {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		return d.schemas[name]
	}
	return s
}
