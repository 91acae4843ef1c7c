// Package listing reads what drivers ask the catalog of their database.
package listing

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/templates"
)

// Rows runs the SQL as a report would and hands over each row. Its values are valid until the next.
func Rows(ctx context.Context, s source.Source, sql string, limits source.Limits, row func([]rowbinary.Value)) (err error) {
	stream, err := s.Query(ctx, source.Query{
		Statement: templates.Statement{Parts: []templates.Part{{Text: sql}}}, Limits: source.Limits{Time: limits.Time},
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stream.Close()) }()
	rows, err := rowbinary.NewReader(stream)
	if err != nil {
		return err
	}
	for rows.Next() {
		row(rows.Row())
	}
	return rows.Err()
}

// Text is the value as text; empty for NULL.
func Text(v *rowbinary.Value) string {
	if v.IsNull() {
		return ""
	}
	return string(v.AppendText(nil))
}

// Count is the value as a number of something; nil for NULL and for what is no such number.
func Count(v *rowbinary.Value) *int64 {
	if v.IsNull() {
		return nil
	}
	n, ok := v.Small()
	if !ok || n < 0 {
		return nil
	}
	return &n
}

// Queries ask for a schema: Database for one text; Tables for database, name, kind, comment, rows and bytes, one more than MaxTables at
// most; Columns for database, table, name, type, comment and whether it is of the key, in the order of a table's columns and one more
// than MaxColumns at most. Those of the own database come first in both.
type Queries struct{ Database, Tables, Columns string }

// Schema asks the queries.
func (q Queries) Schema(ctx context.Context, s source.Source, limits source.Limits) (schema source.Schema, err error) {
	err = Rows(ctx, s, q.Database, limits, func(row []rowbinary.Value) { schema.Database = Text(&row[0]) })
	if err != nil {
		return schema, err
	}
	if err := readTables(ctx, s, q, limits, &schema); err != nil {
		return source.Schema{}, err
	}
	slices.SortFunc(schema.Tables, func(a, b source.SchemaTable) int {
		return cmp.Or(cmp.Compare(a.Database, b.Database), cmp.Compare(a.Name, b.Name))
	})
	return schema, nil
}

type tableName struct{ database, name string }

func readTables(ctx context.Context, s source.Source, q Queries, limits source.Limits, schema *source.Schema) error {
	at := map[tableName]int{}
	err := Rows(ctx, s, q.Tables, limits, func(row []rowbinary.Value) {
		if len(schema.Tables) == source.MaxTables {
			schema.More = true
			return
		}
		table := source.SchemaTable{
			Database: Text(&row[0]), Name: Text(&row[1]), Kind: source.TableKind(Text(&row[2])), Comment: Text(&row[3]),
			Rows: Count(&row[4]), Bytes: Count(&row[5]), Columns: []source.SchemaColumn{},
		}
		at[tableName{table.Database, table.Name}] = len(schema.Tables)
		schema.Tables = append(schema.Tables, table)
	})
	if err != nil {
		return err
	}
	columns := 0
	return Rows(ctx, s, q.Columns, limits, func(row []rowbinary.Value) {
		i, known := at[tableName{Text(&row[0]), Text(&row[1])}]
		if !known {
			return
		}
		if columns++; columns > source.MaxColumns {
			schema.More = true
			return
		}
		column := source.SchemaColumn{Name: Text(&row[2]), Type: Text(&row[3]), Comment: Text(&row[4]), Key: Text(&row[5]) == "1"}
		schema.Tables[i].Columns = append(schema.Tables[i].Columns, column)
	})
}
