package load

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/templates"
)

// target is the table to fill, as it is before.
type target struct {
	src    source.Loader
	table  identifier
	mode   Mode
	exists bool
	file   string
	given  map[string]string // types the person asked for
	have   map[string]string // types of the table's columns, when rows are added to it
}

func findTarget(ctx context.Context, src source.Loader, options Options) (*target, error) {
	table, err := parseIdentifier(options.Table)
	if err != nil {
		return nil, err
	}
	t := &target{src: src, table: table, mode: options.Mode, file: options.Path}
	if t.given, err = t.checkTypes(ctx, options.Types); err != nil {
		return nil, err
	}
	engines, err := t.ask(ctx, "SELECT engine FROM system.tables WHERE ", t.tableIs("database", "name"))
	if err != nil {
		return nil, err
	}
	if t.exists = len(engines) > 0; !t.exists {
		return t, nil
	}
	engine := engines[0][0]
	if strings.HasSuffix(engine, "View") || engine == "Dictionary" {
		return nil, fault.New(fault.Invalid, "%s is a %s, not a table; take another name.", options.Table, engine)
	}
	switch t.mode {
	case Create:
		return nil, fault.New(fault.Invalid, "Table %s exists already: add --replace or --append.", options.Table)
	case Append:
		if len(t.given) > 0 {
			return nil, fault.New(fault.Invalid, "Types cannot be given when rows are added to a table: it has its own.")
		}
		return t, t.findColumns(ctx)
	}
	return t, nil
}

// checkTypes has the server write the types in full, which also says whether they are types.
func (t *target) checkTypes(ctx context.Context, types map[string]string) (map[string]string, error) {
	known := make(map[string]string, len(types))
	for _, name := range slices.Sorted(maps.Keys(types)) {
		statement := templates.Statement{Parts: []templates.Part{
			{Text: "SELECT defaultValueOfTypeName("}, {Param: &templates.Param{Value: types[name]}}, {Text: ")"},
		}}
		columns, err := t.src.Describe(ctx, source.Query{Statement: statement})
		switch {
		case fault.CodeOf(err) == fault.Unavailable || ctx.Err() != nil:
			return nil, err
		case err != nil:
			return nil, fault.New(fault.Invalid, "%q, for the column %q, is no type that can be used: %w", types[name], name, err)
		}
		known[name] = columns[0].Type
	}
	return known, nil
}

func (t *target) findColumns(ctx context.Context) error {
	rows, err := t.ask(ctx, "SELECT name, type, default_kind FROM system.columns WHERE ", t.tableIs("database", "table"))
	if err != nil {
		return err
	}
	t.have = make(map[string]string, len(rows))
	for _, row := range rows {
		if kind := row[2]; kind != "MATERIALIZED" && kind != "ALIAS" {
			t.have[row[0]] = row[1]
		}
	}
	return nil
}

// typeOf is the type that a column is to have; empty if it is free. AsText says that the file's text is to be read as that type by
// the server.
func (t *target) typeOf(name string) (final string, asText bool) {
	if final, ok := t.given[name]; ok {
		return final, true
	}
	final = t.have[name]
	return final, final != "" && isText(final)
}

// check compares the columns of the file with what was asked for and with the table.
func (t *target) check(columns []column) error {
	names := make(map[string]bool, len(columns))
	for _, c := range columns {
		names[c.name] = true
		if _, ok := t.have[c.name]; t.have != nil && !ok {
			return fault.New(fault.Invalid, "%s: the table %s has no column %q to load into.", t.file, t.table.name, c.name)
		}
		if err := c.check(t.file); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.given)) {
		if !names[name] {
			return fault.New(fault.Invalid, "%s has no column %q to give a type.", t.file, name)
		}
	}
	return nil
}

// databaseIs is the condition that a column of a system table names the table's database.
func (t *target) databaseIs(column string) []templates.Part {
	database := templates.Part{Text: "currentDatabase()"}
	if t.table.database != "" {
		database = templates.Part{Param: &templates.Param{Value: t.table.database}}
	}
	return []templates.Part{{Text: column + " = "}, database}
}

// tableIs is the condition that two columns of a system table name the table.
func (t *target) tableIs(databaseColumn, nameColumn string) []templates.Part {
	return append(t.databaseIs(databaseColumn),
		templates.Part{Text: " AND " + nameColumn + " = "}, templates.Part{Param: &templates.Param{Value: t.table.name}})
}

// ask runs a query whose columns are all String.
func (t *target) ask(ctx context.Context, sql string, parts []templates.Part) (rows [][]string, err error) {
	statement := templates.Statement{Parts: append([]templates.Part{{Text: sql}}, parts...)}
	stream, err := t.src.Query(ctx, source.Query{Statement: statement})
	if err != nil {
		return nil, err
	}
	defer func() { _ = stream.Close() }()
	reader, err := rowbinary.NewReader(stream)
	if err != nil {
		return nil, err
	}
	for reader.Next() {
		values := reader.Row()
		row := make([]string, len(values))
		for i := range values {
			row[i] = string(values[i].Bytes())
		}
		rows = append(rows, row)
	}
	return rows, reader.Err()
}
