// Package contract reads the OpenAPI document: which operations there are, who may call them, and what must hold for their parameters
// and bodies.
package contract

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Document is what the service needs to know of it.
type Document struct {
	Operations []*Operation // by path and method
	schemas    map[string]*Schema
}

// Operation is one of its routes.
type Operation struct {
	ID         string
	Method     string   // as in GET
	Path       string   // as in /reports/{report}
	Access     []string // rules that must all hold
	Scope      string   // that a token needs; empty for public operations
	Parameters []Parameter
	Temporary  bool  // also for those who have yet to change a temporary password
	MaxBytes   int64 // of the body
	Body       *Body // nil when it takes none
}

// DefaultMaxBytes is how long a body may be when the document does not say.
const DefaultMaxBytes = 1 << 20

// Body of a request.
type Body struct {
	Media    string // as in application/json
	Required bool
	Schema   *Schema
}

// Parameter of a request.
type Parameter struct {
	Ref      string  `yaml:"$ref"`
	Name     string  `yaml:"name"`
	In       string  `yaml:"in"` // path, query or header
	Required bool    `yaml:"required"`
	Schema   *Schema `yaml:"schema"`
}

var methods = []string{"get", "put", "post", "delete", "patch"}

type file struct {
	Paths      map[string]map[string]yaml.Node `yaml:"paths"`
	Components struct {
		Parameters map[string]Parameter `yaml:"parameters"`
		Schemas    map[string]*Schema   `yaml:"schemas"`
	} `yaml:"components"`
}

type operation struct {
	ID         string      `yaml:"operationId"`
	Access     oneOrMany   `yaml:"x-access"`
	Scope      string      `yaml:"x-scope"`
	Temporary  bool        `yaml:"x-temporary-password"`
	MaxBytes   int64       `yaml:"x-max-bytes"`
	Parameters []Parameter `yaml:"parameters"`
	Body       *struct {
		Required bool `yaml:"required"`
		Content  map[string]struct {
			Schema *Schema `yaml:"schema"`
		} `yaml:"content"`
	} `yaml:"requestBody"`
}

type oneOrMany []string

func (o *oneOrMany) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*o = oneOrMany{node.Value}
		return nil
	}
	return node.Decode((*[]string)(o))
}

// Read reads the document, which must give every operation an id, a rule of access and, unless it is public, a scope.
func Read(data []byte) (*Document, error) {
	var f file
	if err := yaml.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	doc := &Document{schemas: f.Components.Schemas}
	for _, path := range slices.Sorted(maps.Keys(f.Paths)) {
		for _, method := range methods {
			node, ok := f.Paths[path][method]
			if !ok {
				continue
			}
			op, err := f.operation(path, method, node)
			if err != nil {
				return nil, fmt.Errorf("the OpenAPI document: %s %s: %w", strings.ToUpper(method), path, err)
			}
			doc.Operations = append(doc.Operations, op)
		}
	}
	return doc, nil
}

func (f *file) operation(path, method string, node yaml.Node) (*Operation, error) {
	var raw operation
	if err := node.Decode(&raw); err != nil {
		return nil, err
	}
	var shared []Parameter
	if node, ok := f.Paths[path]["parameters"]; ok {
		if err := node.Decode(&shared); err != nil {
			return nil, err
		}
	}
	op := &Operation{
		ID: raw.ID, Method: strings.ToUpper(method), Path: path,
		Access: raw.Access, Scope: raw.Scope, Temporary: raw.Temporary, MaxBytes: cmp.Or(raw.MaxBytes, DefaultMaxBytes),
	}
	for _, parameter := range append(shared, raw.Parameters...) {
		if name, ok := strings.CutPrefix(parameter.Ref, "#/components/parameters/"); ok {
			parameter = f.Components.Parameters[name]
		}
		op.Parameters = append(op.Parameters, parameter)
	}
	if raw.Body != nil {
		for media, content := range raw.Body.Content {
			op.Body = &Body{Media: media, Required: raw.Body.Required, Schema: content.Schema}
		}
	}
	return op, op.check()
}

func (o *Operation) check() error {
	switch public := slices.Contains(o.Access, "public"); {
	case o.ID == "":
		return fmt.Errorf("it has no operationId")
	case len(o.Access) == 0:
		return fmt.Errorf("it has no x-access, so that nobody knows who may call it")
	case public != (o.Scope == ""):
		return fmt.Errorf("x-scope is for operations that are not public, and for all of them")
	}
	return nil
}

// JSON is the document as JSON.
func JSON(data []byte) ([]byte, error) {
	var doc map[string]any
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	return json.Marshal(doc)
}
