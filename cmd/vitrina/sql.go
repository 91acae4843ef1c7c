package main

import (
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

func newSQL(g *globals, io streams) *cobra.Command {
	var sourceName, format string
	cmd := &cobra.Command{
		Use:   "sql [--source NAME] [--format NAME] QUERY|-",
		Short: "Ask a source and print the answer",
		Long: "Sql runs one statement on a source and prints its rows. A query is read-only; a statement that changes something\n" +
			"(CREATE, INSERT, …) is run as it is. Formats are ClickHouse's: CSV, CSVWithNames, TSV, JSON, JSONEachRow, Parquet, …",
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
		return "", fault.New(fault.Invalid, "there is no query: write it as an argument, or - to read it from standard input")
	}
	return query, nil
}

// comments and the words that start a statement with rows.
var (
	leadingComments = regexp.MustCompile(`^(?s:\s+|--[^\n]*(\n|$)|/\*.*?\*/|\()+`)
	yieldsRows      = regexp.MustCompile(`(?i)^(SELECT|WITH|SHOW|DESCRIBE|DESC|EXPLAIN|EXISTS|VALUES|TABLE|FROM)\b`)
)

func ask(ctx context.Context, a *app.App, name, query, format string, out io.Writer) error {
	src, limits, err := a.Source(ctx, name)
	if err != nil {
		return err
	}
	if !yieldsRows.MatchString(leadingComments.ReplaceAllString(query, "")) {
		return src.Exec(ctx, query)
	}
	statement := source.Query{Statement: templates.Statement{Parts: []templates.Part{{Text: query}}}, Limits: limits.Limits}
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
