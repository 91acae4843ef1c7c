package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/templates"
)

// maxOptions bounds a list of options that nothing narrows.
const maxOptions = 100_000

// optionQuery wraps the analyst's query of options, so that the database narrows them by value or by search. The functions used
// mean the same in ClickHouse and in Postgres.
func optionQuery(query templates.Statement, dialect sqltext.Dialect, columns []source.Column, find forms.Find) (templates.Statement, error) {
	value, label, err := optionColumns(dialect, columns)
	if err != nil {
		return templates.Statement{}, err
	}
	text := func(s string) templates.Part { return templates.Part{Text: s} }
	parts := []templates.Part{text(fmt.Sprintf("SELECT concat('', %s) AS value, concat('', %s) AS label FROM (\n", value, label))}
	parts = append(parts, trimEnd(query.Parts, dialect)...)
	parts = append(parts, text(fmt.Sprintf("\n) AS options WHERE %s IS NOT NULL", value)))
	if find.Only != nil {
		parts = append(parts, text(fmt.Sprintf(" AND concat('', %s) IN ", value)), templates.Part{Param: &templates.Param{Value: find.Only}})
	}
	if find.Search != "" {
		pattern := templates.Part{Param: &templates.Param{Value: "%" + escapeLike(find.Search) + "%"}}
		parts = append(parts, text(fmt.Sprintf(" AND (concat('', %s) ILIKE ", value)), pattern,
			text(fmt.Sprintf(" OR concat('', %s) ILIKE ", label)), pattern, text(")"))
	}
	if find.Named != nil {
		parts = append(parts, namedParts(dialect, value, label, find.Named)...)
	}
	if limit := limitOf(find); limit > 0 {
		parts = append(parts, text(fmt.Sprintf(" LIMIT %d", limit)))
	}
	return templates.Statement{Parts: parts}, nil
}

// limitOf is 0 for none: options that are asked for by their values are as many as these, however often the query repeats them.
func limitOf(find forms.Find) int {
	switch {
	case find.Limit > 0:
		return find.Limit
	case find.Only != nil:
		return 0
	}
	return max(maxOptions, 2*len(find.Named))
}

// namedParts narrow to options whose value or label is one of the names, as it is or in small letters.
func namedParts(dialect sqltext.Dialect, value, label string, names []string) []templates.Part {
	lower := "lower"
	if dialect == sqltext.ClickHouse {
		lower = "lowerUTF8"
	}
	var parts []templates.Part
	between := " AND ("
	for _, column := range []string{value, label} {
		for _, form := range []string{"%[2]s%[3]s IN ", "%[2]s%[1]s(%[3]s) IN "} {
			column := fmt.Sprintf("concat('', %s)", column)
			parts = append(parts, templates.Part{Text: fmt.Sprintf(form, lower, between, column)}, templates.Part{Param: &templates.Param{Value: names}})
			between = " OR "
		}
	}
	return append(parts, templates.Part{Text: ")"})
}

// trimEnd takes semicolons and comments off the end of a statement, so that it can stand in brackets.
func trimEnd(parts []templates.Part, dialect sqltext.Dialect) []templates.Part {
	end, text := len(parts), ""
	for end > 0 && parts[end-1].Param == nil && parts[end-1].Table == "" {
		end--
		text = parts[end].Text + text
	}
	return append(slices.Clone(parts[:end]), templates.Part{Text: dialect.TrimEnd(text)})
}

// optionColumns are the quoted names of the columns that hold value and label: those so called, else the first and the second.
func optionColumns(dialect sqltext.Dialect, columns []source.Column) (value, label string, err error) {
	if len(columns) == 0 {
		return "", "", fault.New(fault.Invalid, "a query of options must return the columns value and label; it returns none")
	}
	named := func(name string, otherwise int) string {
		at := slices.IndexFunc(columns, func(c source.Column) bool { return c.Name == name })
		if at < 0 {
			at = min(otherwise, len(columns)-1)
		}
		return dialect.Name(columns[at].Name)
	}
	return named("value", 0), named("label", 1), nil
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// readOptions runs the query and collects what it returns, each option once.
func readOptions(ctx context.Context, src source.Source, query source.Query) (options []forms.Option, err error) {
	stream, err := src.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = stream.Close() }()
	rows, err := rowbinary.NewReader(stream)
	if err != nil {
		return nil, err
	}
	seen := map[forms.Option]bool{}
	for rows.Next() {
		row := rows.Row()
		option := forms.Option{Value: string(row[0].AppendText(nil)), Label: string(row[1].AppendText(nil))}
		if !seen[option] {
			seen[option] = true
			options = append(options, option)
		}
	}
	return options, rows.Err()
}
