package clickhouse

import (
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/internal/placement"
	"github.com/vitrina-reports/vitrina/templates"
)

// maxParams is how many bytes of parameters go into the address of a request, which servers limit to 1 MiB, and a single value to
// 128 KiB.
const maxParams = 64 << 10

// rendered is a statement as ClickHouse takes it.
type rendered struct {
	text   string
	params clickhouse.Parameters
	tables []external
	bound  []named // the parameters in their order
	// settings that the analyst's SQL had at its end, see lifted.
	settings map[string]string
}

// external is a table that travels with the query.
type external struct {
	name    string
	columns []source.Column
	open    func() (io.ReadCloser, error)
	list    iter.Seq[any] // the values of a list; nil for the result of a cell
}

// named is a parameter of a statement.
type named struct {
	name  string
	value any
	bound
}

// render writes each value as a typed parameter. What is too long for one goes into an external table: after IN into one with a row
// for each element, elsewhere as it is into a row of its own, so that the order of a list is kept.
func render(q source.Query) (rendered, error) {
	r := renderer{params: clickhouse.Parameters{}, sent: map[string]bool{}}
	places := placement.Of(q.Statement, sqltext.ClickHouse)
	for i, part := range q.Statement.Parts {
		switch {
		case part.Param != nil:
			if err := r.param(*part.Param, places[i]); err != nil {
				return rendered{}, err
			}
		case part.Table != "":
			if err := r.table(part.Table, q.Tables); err != nil {
				return rendered{}, err
			}
		default:
			r.sql.WriteString(part.Text)
		}
	}
	// Without what trails it the text shows a FORMAT clause, which the driver refuses, and can stand in brackets.
	return rendered{text: sqltext.ClickHouse.TrimEnd(r.sql.String()), params: r.params, tables: r.tables, bound: r.bound}, nil
}

type renderer struct {
	sql    strings.Builder
	params clickhouse.Parameters
	size   int // of params, as they stand in an address
	tables []external
	bound  []named
	sent   map[string]bool // results that are among tables
	count  int             // of values, for their names
}

func (r *renderer) param(p templates.Param, place placement.Place) error {
	r.count++
	value, err := encode(p)
	if err != nil {
		return err
	}
	size := len(url.QueryEscape(value.text))
	if movable(p.Value) && r.size+size > maxParams {
		r.long(p.Value, value.typ, place)
		return nil
	}
	r.size += size
	name := fmt.Sprintf("p%d", r.count)
	r.params[name] = value.text
	r.bound = append(r.bound, named{name, p.Value, value})
	r.sql.WriteString(value.expression(name))
	return nil
}

// movable tells whether the value may go elsewhere when there is no room; numbers and dates take little.
func movable(value any) bool {
	if _, ok := value.(string); ok {
		return true
	}
	return elementsOf(value) != nil
}

// long writes a query of an external table in place of the value.
func (r *renderer) long(value any, typ string, place placement.Place) {
	elements := elementsOf(value)
	switch {
	case elements == nil: // a scalar subquery is Nullable, a text in a parameter is not
		r.sql.WriteString("assumeNotNull((" + r.send("_value", typ, oneElement(value)) + "))")
	case place == placement.Elsewhere:
		r.sql.WriteString("(" + r.send("_value", typ, oneElement(value)) + ")")
	case place == placement.AfterIn:
		r.sql.WriteString("(" + r.send("_list", elementType(typ), elements) + ")")
	default:
		r.sql.WriteString(r.send("_list", elementType(typ), elements))
	}
}

// send adds a table of one column and returns the query that reads it.
func (r *renderer) send(prefix, typ string, values iter.Seq[any]) string {
	name := fmt.Sprintf("%s%d", prefix, r.count)
	column := source.Column{Name: "value", Type: typ}
	r.tables = append(r.tables, external{name: name, columns: []source.Column{column}, list: values, open: func() (io.ReadCloser, error) {
		return encodeRows(column, values), nil
	}})
	return "SELECT value FROM " + sqltext.ClickHouse.Name(name)
}

func elementType(array string) string {
	return strings.TrimSuffix(strings.TrimPrefix(array, "Array("), ")")
}

func (r *renderer) table(name string, tables map[string]source.Table) error {
	table, ok := tables[name]
	switch {
	case !ok:
		return fault.New(fault.Invalid, "the result of cell %q is not there to read", name)
	case name == "default":
		// ClickHouse takes default_format for the format of the answer.
		return fault.New(fault.Invalid, `a cell named "default" cannot be read as a table: give it another name`)
	}
	r.sql.WriteString(sqltext.ClickHouse.Name(name))
	if !r.sent[name] {
		r.sent[name] = true
		r.tables = append(r.tables, external{name: name, columns: table.Columns, open: table.Open})
	}
	return nil
}

// withoutRows has the tables of earlier results empty, for a statement that will not run.
func (r rendered) withoutRows() rendered {
	tables := make([]external, len(r.tables))
	for i, t := range r.tables {
		if !strings.HasPrefix(t.name, "_") {
			t.open = func() (io.ReadCloser, error) { return headerOnly(t.columns), nil }
		}
		tables[i] = t
	}
	r.tables = tables
	return r
}
