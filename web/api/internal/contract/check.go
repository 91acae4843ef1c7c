package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/words"
)

// Mistake is one thing that is wrong with a request, as a sentence. Field is the place, as in limits.partner; empty for the whole.
type Mistake struct {
	Field   string
	Message string
}

// most bounds how many mistakes of one request are told.
const most = 100

// Check finds what is wrong with a decoded JSON value; its numbers are json.Number. At most 100 mistakes are told.
func (d *Document) Check(schema *Schema, value any) []Mistake {
	c := checker{doc: d}
	c.value(schema, "", value)
	return c.mistakes
}

type checker struct {
	doc      *Document
	mistakes []Mistake
}

// wrong notes a mistake, worded to follow the name of the field: "must be text".
func (c *checker) wrong(field, format string, args ...any) {
	if len(c.mistakes) >= most {
		return
	}
	subject := field
	if field == "" {
		subject = "The body"
	}
	sentence := subject + " " + fmt.Sprintf(format, args...)
	if !strings.HasSuffix(sentence, "?") {
		sentence += "."
	}
	c.mistakes = append(c.mistakes, Mistake{field, sentence})
}

func (c *checker) value(schema *Schema, field string, value any) {
	schema = c.doc.resolve(schema)
	if value == nil {
		if !schema.Nullable && schema.Type != "" {
			c.wrong(field, "must not be null")
		}
		return
	}
	switch schema.Type {
	case "object":
		c.object(schema, field, value)
	case "array":
		c.array(schema, field, value)
	case "string":
		c.text(schema, field, value)
	case "integer":
		c.integer(schema, field, value)
	case "boolean":
		if _, ok := value.(bool); !ok {
			c.wrong(field, "must be true or false")
		}
	}
}

func (c *checker) object(schema *Schema, field string, value any) {
	members, ok := value.(map[string]any)
	if !ok {
		c.wrong(field, "must be a JSON object")
		return
	}
	for _, name := range schema.Required {
		if _, ok := members[name]; !ok {
			c.wrong(within(field, name), "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		property, known := schema.Properties[name]
		switch {
		case known:
			c.value(property, within(field, name), members[name])
		case schema.More.none:
			c.unknown(schema, field, name)
		case schema.More.schema != nil:
			c.value(schema.More.schema, within(field, name), members[name])
		}
	}
}

func (c *checker) unknown(schema *Schema, field, name string) {
	known := slices.Sorted(maps.Keys(schema.Properties))
	for _, other := range known {
		if words.Distance(name, other) <= 2 {
			c.wrong(within(field, clip(name)), "is not a field of this request; did you mean %s?", other)
			return
		}
	}
	c.wrong(within(field, clip(name)), "is not a field of this request; it takes %s", strings.Join(known, ", "))
}

func (c *checker) array(schema *Schema, field string, value any) {
	items, ok := value.([]any)
	switch {
	case !ok:
		c.wrong(field, "must be a list")
		return
	case len(items) < schema.MinItems:
		c.wrong(field, "must have at least %s", words.Count(schema.MinItems, "item"))
	case schema.MaxItems > 0 && len(items) > schema.MaxItems:
		c.wrong(field, "must have at most %s", words.Count(schema.MaxItems, "item"))
		return
	}
	for i, item := range items {
		c.value(schema.Items, within(field, strconv.Itoa(i)), item)
	}
}

func (c *checker) text(schema *Schema, field string, value any) {
	text, ok := value.(string)
	length := utf8.RuneCountInString(text)
	switch {
	case !ok:
		c.wrong(field, "must be text")
	case !utf8.ValidString(text):
		c.wrong(field, "must be UTF-8")
	case strings.ContainsRune(text, 0):
		c.wrong(field, "must not contain the character NUL")
	case length < schema.MinLength && schema.MinLength == 1:
		c.wrong(field, "must not be empty")
	case length < schema.MinLength:
		c.wrong(field, "must be at least %s long", words.Count(schema.MinLength, "character"))
	case schema.MaxLength > 0 && length > schema.MaxLength:
		c.wrong(field, "must be at most %s long", words.Count(schema.MaxLength, "character"))
	case len(schema.Enum) > 0 && !slices.Contains(schema.Enum, text):
		c.wrong(field, "must be one of %s", strings.Join(schema.Enum, ", "))
	case schema.Pattern != "" && !regexp.MustCompile(schema.Pattern).MatchString(text):
		c.wrong(field, "must match %s", schema.Pattern)
	default:
		c.format(schema, field, text)
	}
}

func (c *checker) format(schema *Schema, field, text string) {
	switch schema.Format {
	case "uuid":
		if _, err := uuid.Parse(text); err != nil || len(text) != 36 {
			c.wrong(field, "must be an id, as in 0197f3a2-5c1e-7d0b-8b1a-3f6f0a1c2d3e")
		}
	case "date-time":
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			c.wrong(field, "must be a moment, as in 2025-01-31T12:00:00Z")
		}
	}
}

func (c *checker) integer(schema *Schema, field string, value any) {
	number, ok := value.(json.Number)
	n, err := strconv.ParseInt(number.String(), 10, 64)
	switch {
	case !ok || err != nil:
		c.wrong(field, "must be a whole number")
	case schema.Minimum != nil && n < *schema.Minimum:
		c.wrong(field, "must be at least %s", words.Grouped(*schema.Minimum))
	case schema.Maximum != nil && n > *schema.Maximum:
		c.wrong(field, "must be at most %s", words.Grouped(*schema.Maximum))
	case schema.Format != "int64" && (n > 1<<31-1 || n < -1<<31):
		c.wrong(field, "must be a whole number of at most %s", words.Grouped(int64(1<<31-1)))
	}
}

func within(field, name string) string {
	if field == "" {
		return name
	}
	return field + "." + name
}

// clip keeps what somebody sent from filling the answer.
func clip(name string) string {
	if utf8.RuneCountInString(name) > 60 {
		return string([]rune(name)[:60]) + "…"
	}
	return name
}
