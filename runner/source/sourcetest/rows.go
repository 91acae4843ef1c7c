package sourcetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// read runs the query and gives its rows as texts, NULL as ␀.
func read(t testing.TB, s source.Source, q source.Query) [][]string {
	t.Helper()
	rows, err := readContext(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func readContext(ctx context.Context, s source.Source, q source.Query) (rows [][]string, err error) {
	err = scan(ctx, s, q, func(row []rowbinary.Value) {
		texts := make([]string, len(row))
		for i := range row {
			if texts[i] = "␀"; !row[i].IsNull() {
				texts[i] = string(row[i].AppendText(nil))
			}
		}
		rows = append(rows, texts)
	})
	return rows, err
}

// scan runs the query and goes through its rows.
func scan(ctx context.Context, s source.Source, q source.Query, each func(row []rowbinary.Value)) error {
	stream, err := s.Query(ctx, q)
	if err != nil {
		return err
	}
	defer func() { _ = stream.Close() }()
	r, err := rowbinary.NewReader(stream)
	if err != nil {
		return err
	}
	for r.Next() {
		each(r.Row())
	}
	return r.Err()
}

// one is the only value of a result.
func one(t testing.TB, s source.Source, q source.Query) string {
	t.Helper()
	rows := read(t, s, q)
	if len(rows) != 1 || len(rows[0]) != 1 {
		t.Fatalf("got %d rows, want one value: %.200v", len(rows), rows)
	}
	return rows[0][0]
}

func fails(t testing.TB, s source.Source, q source.Query, codes ...fault.Code) {
	t.Helper()
	_ = failure(t, s, q, codes...)
}

// failure runs the query to its end, which has to be an error of one of the codes.
func failure(t testing.TB, s source.Source, q source.Query, codes ...fault.Code) error {
	t.Helper()
	_, err := readContext(t.Context(), s, q)
	if err == nil {
		t.Fatal("the query succeeded")
	}
	wants(t, err, codes...)
	return err
}

func wants(t testing.TB, err error, codes ...fault.Code) {
	t.Helper()
	var known *fault.Error
	if !errors.As(err, &known) {
		t.Errorf("not put into words: %v", err)
		return
	}
	for _, code := range codes {
		if known.Code == code {
			return
		}
	}
	t.Errorf("the error is %s, want one of %v: %v", known.Code, codes, err)
}

// table makes rows into a table to send along.
func table(t testing.TB, columns []source.Column, rows ...[]any) source.Table {
	t.Helper()
	var buf bytes.Buffer
	w, err := rowbinary.NewWriter(&buf, columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.WriteRow(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return source.Table{Columns: columns, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(buf.Bytes())), nil
	}}
}

// sentence tells whether an error reads like one: no driver's prefixes, no secrets.
func sentence(t testing.TB, err error) {
	t.Helper()
	for _, noise := range []string{"hunter2", "Code:", "DB::", "(version", "HTTP 4", "HTTP 5", "ERROR:", "SQLSTATE", "param_", "://"} {
		if strings.Contains(err.Error(), noise) {
			t.Errorf("the error has %q in it: %v", noise, err)
		}
	}
}
