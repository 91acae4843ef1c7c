package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

func newSQL(g *globals, io streams) *cobra.Command {
	var sourceName, format string
	cmd := &cobra.Command{
		Use:   "sql [--source NAME] [--format NAME] QUERY|-",
		Short: "Ask a source and print the answer",
		Long: "Sql runs one statement on a source and prints its rows. A statement that changes something\n" +
			"(CREATE, INSERT, …) is run as it is and prints nothing. Formats are ClickHouse's: CSV, CSVWithNames, TSV, JSON,\n" +
			"JSONEachRow, Parquet, …",
		Args: oneArg("which query? write it in quotes, or - to read it from standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			query, err := readQuery(args[0], io.in)
			if err != nil {
				return err
			}
			a, err := g.open()
			if err != nil {
				return err
			}
			defer func() { _ = a.Close() }()
			if format == "" {
				format = defaultFormat(io)
			}
			return ask(cmd.Context(), a, sourceName, query, format, io.out)
		},
	}
	cmd.Flags().StringVar(&sourceName, "source", "warehouse", "source `NAME`")
	cmd.Flags().StringVar(&format, "format", "", "output format (default: a table on a terminal, else TSVWithNames)")
	return cmd
}

func defaultFormat(io streams) string {
	if isTerminal(io.out) {
		return "PrettyCompactMonoBlock"
	}
	return "TSVWithNames"
}

func readQuery(arg string, in io.Reader) (string, error) {
	if arg == "-" {
		text, err := io.ReadAll(in)
		if err != nil {
			return "", fault.New(fault.Invalid, "standard input cannot be read: %w", err)
		}
		arg = string(text)
	}
	query := strings.TrimRight(strings.TrimSpace(arg), "; \t\r\n")
	if query == "" {
		return "", errNoQuery
	}
	return query, nil
}

var errNoQuery = fault.New(fault.Invalid, "there is no query: write it as an argument, or - to read it from standard input")

// readsOnPostgres are the statements that can be the body of a cursor.
var readsOnPostgres = map[string]bool{"SELECT": true, "VALUES": true, "TABLE": true}

func ask(ctx context.Context, a *app.App, name, query, format string, out io.Writer) error {
	src, limits, err := a.Source(ctx, name)
	if err != nil {
		return err
	}
	asked, count := src.Dialect().Parse(query)
	switch {
	case count == 0:
		return errNoQuery
	case !asked.Reads():
		return src.Exec(ctx, query)
	case count > 1:
		return fault.New(fault.Invalid, "there is more than one statement: ask one at a time")
	case src.Dialect() == sqltext.Postgres && !readsOnPostgres[asked.First()]:
		return fault.New(fault.Invalid, "%s cannot be asked of source %q: from Postgres come the rows of SELECT, VALUES, TABLE and WITH … SELECT alone. "+
			"Settings are in pg_settings, columns in information_schema.columns; for a plan use psql", asked.First(), name)
	}
	statement := source.Query{Statement: templates.Statement{Parts: []templates.Part{{Text: query}}}, Limits: limits.Limits, Owner: true}
	rows, err := formatted(ctx, a, src, statement, format)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, rows)
	if closeErr := rows.Close(); err == nil {
		err = closeErr
	}
	return err
}

// formatted lets the source write the format, or the workbench where the source knows no formats.
func formatted(ctx context.Context, a *app.App, src source.Source, query source.Query, format string) (io.ReadCloser, error) {
	if formatter, ok := src.(source.Formatter); ok {
		return formatter.Format(ctx, query, format, nil)
	}
	columns, err := src.Describe(ctx, query)
	if err != nil {
		return nil, err
	}
	bench, _, err := a.Source(ctx, runner.Workbench)
	if err != nil {
		return nil, err
	}
	rows := source.Table{Columns: columns, Open: func() (io.ReadCloser, error) { return src.Query(ctx, query) }}
	return bench.(source.Formatter).Format(ctx, source.Query{
		Statement: templates.Statement{Parts: []templates.Part{{Text: "SELECT * FROM "}, {Table: "rows"}}},
		Tables:    map[string]source.Table{"rows": rows},
	}, format, nil)
}
