package forms

import (
	"reflect"
	"slices"
	"strings"
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

// Kinds are those that a field of the type may have.
func Kinds(of Type) []string { return slices.Clone(kindsOf[of]) }
