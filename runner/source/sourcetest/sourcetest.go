// Package sourcetest is what every driver of package source has to do, as tests.
package sourcetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

// Driver is a driver under test and what differs in its SQL.
type Driver struct {
	// Open gives a source on an empty database of the test's own, closed by the test.
	Open func(t testing.TB) source.Source
	// Nowhere opens sources that cannot answer, each with the password "hunter2": by what is wrong with them.
	Nowhere map[string]func(t testing.TB) source.Source

	// Numbers yields a column n with 0 … count-1 as a 64-bit integer.
	Numbers func(count int) string
	// FailAt yields many rows and fails behind row number at.
	FailAt func(at int) string
	// Endless runs for an hour without a row, reading rows all the time if the driver tells progress of rows.
	Endless string
	// Hungry needs more than 64 MiB of the server's memory; empty if the driver cannot limit it.
	Hungry string
	// Each turns a list into rows: before it and behind it.
	Each [2]string
	// CreateTable makes a table t with an integer column id; Writes are statements that would change it or something else.
	CreateTable string
	Writes      []string
	// Outside are statements that reach files or other servers.
	Outside []string
	// Escapes are statements that would run, were it not for the one before them.
	Escapes []string
	// HoldsText tells whether the database has texts of that kind; nil for all.
	HoldsText func(s string) bool
	// Orders makes a table orders of two rows, said to be "What was bought", with the key id, said to be its "Number", and a text city;
	// and a view recent of it.
	Orders []string
	// ListsLong tells whether a list too long for a parameter travels as a table.
	ListsLong bool
	// LimitsRows tells whether the driver itself ends a result over Limits.Rows.
	LimitsRows bool
}

// Run tests the driver.
func Run(t *testing.T, d Driver) {
	t.Helper()
	suites := map[string]func(*testing.T, Driver){
		"values": testValues, "texts": testTexts, "lists": testLists, "results": testResults, "errors": testErrors,
		"cancel": testCancel, "stop": testStop, "progress": testProgress, "describe": testDescribe, "tables": testTables, "limits": testLimits,
		"parallel": testParallel, "browse": testBrowse, "preview": testPreview, "fetch": testFetch, "readonly": testReadonly, "ping": testPing,
	}
	for name, suite := range suites {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			suite(t, d)
		})
	}
}

// Query makes a query of texts and values: a string is SQL, a Value is bound, a Name is the result of an earlier cell.
func Query(parts ...any) source.Query {
	var q source.Query
	for _, part := range parts {
		switch p := part.(type) {
		case string:
			q.Statement.Parts = append(q.Statement.Parts, templates.Part{Text: p})
		case Value:
			q.Statement.Parts = append(q.Statement.Parts, templates.Part{Param: &templates.Param{Value: p.Value, Null: p.Null}})
		case Name:
			q.Statement.Parts = append(q.Statement.Parts, templates.Part{Table: string(p)})
		default:
			panic(fmt.Sprintf("%T is no part of a query", part))
		}
	}
	return q
}

// Value is a value to bind.
type Value struct {
	Value any
	Null  string
}

// Name is the name of a table that is sent along.
type Name string

// exec runs a statement of the administrator.
func exec(t testing.TB, s source.Source, sql string) {
	t.Helper()
	if err := s.Exec(context.WithoutCancel(t.Context()), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
