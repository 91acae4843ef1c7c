// Package forms holds the fields a report declares and turns what a person filled in into typed values. Nothing here knows SQL,
// templates or HTTP; what a form needs of them comes in through [Resolver].
package forms

// Type says how many values a field takes and where they come from.
type Type string

const (
	Input    Type = "input"    // something typed in
	Select   Type = "select"   // one option
	Checkbox Type = "checkbox" // any number of options
)

// Kind says what a value is.
type Kind string

const (
	Text      Kind = "text"
	Integer   Kind = "integer"
	Decimal   Kind = "decimal"
	DateKind  Kind = "date"
	DateTime  Kind = "datetime"
	DateRange Kind = "daterange"
	List      Kind = "list"
	Boolean   Kind = "boolean"
)

// Field is one declaration of a form, as design.md section 3 describes it.
type Field struct {
	Name     string   `yaml:"name"`
	Label    string   `yaml:"label,omitempty"`
	Help     string   `yaml:"help,omitempty"`
	Type     Type     `yaml:"type"`
	Kind     Kind     `yaml:"kind,omitempty"` // input: text when empty; select and checkbox: text or integer
	Of       Kind     `yaml:"of,omitempty"`   // list: text (default) or integer
	Required bool     `yaml:"required,omitempty"`
	Default  any      `yaml:"default,omitempty"` // a raw value, as in Raw
	ShowIf   string   `yaml:"show_if,omitempty"` // a template over earlier fields
	Min      any      `yaml:"min,omitempty"`     // a number, a date (also relative) or time; text: its length; list: of each item
	Max      any      `yaml:"max,omitempty"`
	Pattern  string   `yaml:"pattern,omitempty"`   // RE2; the whole value must match; list: each item
	MaxItems int      `yaml:"max_items,omitempty"` // list and checkbox: DefaultMaxItems when 0
	Options  *Options `yaml:"options,omitempty"`   // list: the items that are known; others are taken too
}

// Options are given one by one, or come from a query on the report's source that returns value and label.
type Options struct {
	Given []Option
	Query string
}

// Option is one choice. SQL, if set, is analyst's text that stands for the option in SQL.
type Option struct {
	Value string `yaml:"value"`
	Label string `yaml:"label,omitempty"` // the value when empty
	SQL   string `yaml:"sql,omitempty"`
}

// Form is a report's fields, in the order of the page. A field may use the ones before it.
type Form []Field

func (f *Field) label() string {
	if f.Label == "" {
		return f.Name
	}
	return f.Label
}

func (f *Field) kind() Kind {
	if f.Kind == "" {
		return Text
	}
	return f.Kind
}

// itemKind is what each value of the field is: of a list, its items.
func (f *Field) itemKind() Kind {
	kind := f.kind()
	if kind == List {
		kind = f.Of
	}
	if kind == "" {
		return Text
	}
	return kind
}

// HasItems tells whether the field takes many values.
func (f *Field) HasItems() bool { return f.Type == Checkbox || f.Type == Input && f.kind() == List }

func (o Option) label() string {
	if o.Label == "" {
		return o.Value
	}
	return o.Label
}
