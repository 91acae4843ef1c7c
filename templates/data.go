package templates

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

// groups are the names taken in every template besides the fields, with the keys each has; label has the form's fields.
var groups = map[string][]string{
	"label":  nil,
	"user":   {"email", "name", "groups"},
	"run":    {"id", "started", "timezone"},
	"report": {"title", "slug", "revision"},
}

// values is what a template's dot is: a fresh map for each execution. Labels are made for the fields named alone, since that of a
// long list is long.
func (e Env) values(form forms.Form, labelled set, sql bool) (map[string]any, error) {
	root, labels := make(map[string]any, len(form)+len(groups)), make(map[string]any, len(labelled))
	for i := range form {
		field := &form[i]
		value := e.Values[field.Name]
		data, err := fieldValue(field, value, sql)
		if err != nil {
			return nil, err
		}
		root[field.Name] = data
		if labelled[field.Name] {
			labels[field.Name] = label(field, value)
		}
	}
	root["label"] = labels
	root["user"] = map[string]any{"email": e.User.Email, "name": e.User.Name, "groups": append([]string{}, e.User.Groups...)}
	root["run"] = map[string]any{"id": e.Run.ID, "started": timeOrNil(e.Run.Started), "timezone": e.Run.Timezone}
	root["report"] = map[string]any{"title": e.Report.Title, "slug": e.Report.Slug, "revision": int64(e.Report.Revision)}
	return root, nil
}

func timeOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// fieldValue is a field's value as templates hold it. In SQL, options that give SQL become choices; the SQL is looked up in the
// declaration the template was parsed with, never taken from the value.
func fieldValue(field *forms.Field, value forms.Value, sql bool) (any, error) {
	if sql && givesSQL(field) {
		return chosen(field, value), nil
	}
	switch data := value.Data.(type) {
	case nil:
		return nothing(field), nil
	case forms.Range:
		return period{"from": dateOrNil(data.From), "to": dateOrNil(data.To)}, nil
	default:
		return settle(data)
	}
}

// nothing stands for a field left empty: false to if, NULL or an empty array in SQL.
func nothing(field *forms.Field) any {
	switch {
	case field.Kind == forms.DateRange:
		return period{}
	case !isList(field):
		return nil
	case field.Kind == forms.Integer || field.Of == forms.Integer:
		return []int64{}
	default:
		return []string{}
	}
}

func isList(field *forms.Field) bool {
	return field.Type == forms.Checkbox || field.Type != forms.Select && field.Kind == forms.List
}

func dateOrNil(d forms.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

func fieldNamed(form forms.Form, name string) *forms.Field {
	for i := range form {
		if form[i].Name == name {
			return &form[i]
		}
	}
	return nil
}

func givesSQL(field *forms.Field) bool {
	if field.Options == nil || field.Type == forms.Input {
		return false
	}
	for _, option := range field.Options.Given {
		if option.SQL != "" {
			return true
		}
	}
	return false
}

// chosen is a choice for a select, choices for a checkbox, and empty choices for nothing.
func chosen(field *forms.Field, value forms.Value) any {
	if value.Data == nil {
		return choices{}
	}
	declared := make(map[string]string, len(field.Options.Given))
	for _, option := range field.Options.Given {
		declared[optionKey(field, option.Value)] = option.SQL
	}
	items := itemsOf(value.Data)
	picked := make(choices, len(items))
	for i, item := range items {
		picked[i] = choice{value: item, sql: declared[plainText(item)]}
	}
	if field.Type == forms.Select && len(picked) == 1 {
		return picked[0]
	}
	return picked
}

// optionKey is an option's value as plainText writes it: 7 for an integer option declared as 007.
func optionKey(field *forms.Field, declared string) string {
	if field.Kind == forms.Integer {
		if d, err := decimal.NewFromString(declared); err == nil {
			return d.String()
		}
	}
	return declared
}

func itemsOf(data any) []any {
	switch data := data.(type) {
	case []string:
		return items(data)
	case []int64:
		return items(data)
	case []uint64:
		return items(data)
	default:
		return []any{data}
	}
}

func items[T any](list []T) []any {
	all := make([]any, len(list))
	for i, item := range list {
		all[i] = item
	}
	return all
}

// label is what the person saw: a list for a checkbox, else one line; nothing for a field left empty.
func label(field *forms.Field, value forms.Value) any {
	switch {
	case field.Type == forms.Checkbox:
		return append([]string{}, value.Labels()...)
	case !value.Given():
		return nil
	default:
		return value.Label()
	}
}

// nullType is the ClickHouse type of an empty field's NULL.
func nullType(field *forms.Field) string {
	switch field.Kind {
	case forms.Integer:
		return "Nullable(Int64)"
	case forms.Decimal:
		return "Nullable(Decimal(38, 10))"
	case forms.DateKind, forms.DateRange:
		return "Nullable(Date)"
	case forms.DateTime:
		return "Nullable(DateTime64(3))"
	case forms.Boolean:
		return "Nullable(Bool)"
	default:
		return "Nullable(String)"
	}
}
