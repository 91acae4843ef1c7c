package contract

import "encoding/json"

// CheckParameter finds what is wrong with the text of a parameter.
func (d *Document) CheckParameter(p Parameter, text string) []Mistake {
	c := checker{doc: d}
	c.value(p.Schema, p.Name, d.typed(p.Schema, text))
	return c.mistakes
}

// typed is the text as the JSON it stands for.
func (d *Document) typed(schema *Schema, text string) any {
	switch d.resolve(schema).Type {
	case "integer":
		return json.Number(text)
	case "boolean":
		if text == "true" || text == "false" {
			return text == "true"
		}
	}
	return text
}
