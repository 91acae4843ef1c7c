// Package wire has the types of the JSON API, generated from its OpenAPI document.
package wire

import (
	"bytes"
	"encoding/json"
)

// Values are what was filled in, by field. Numbers are json.Number, so that none is rounded.
type Values map[string]any

// UnmarshalJSON keeps numbers as they were written.
func (v *Values) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var values map[string]any
	if err := decoder.Decode(&values); err != nil {
		return err
	}
	*v = values
	return nil
}
