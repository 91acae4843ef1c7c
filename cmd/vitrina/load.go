package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/load"
	"github.com/vitrina-reports/vitrina/runner/source"
)

type loadFlags struct {
	source, delimiter string
	options           load.Options
	types             []string
	add, replace      bool
	demo, json        bool
}

func newLoad(g *globals, io streams) *cobra.Command {
	var flags loadFlags
	cmd := &cobra.Command{
		Use:   "load FILE|- --table NAME [--source NAME]",
		Short: "Load CSV, Parquet or JSON lines into a table, with inferred types",
		Long: "Load reads the whole file to find the type of each column (numbers exactly, dates, text; values with leading zeros stay text),\n" +
			"makes the table and loads it: all rows, or none. Files may be compressed with gzip, zstd or bzip2.\n\n" +
			"With --demo it loads the demo warehouse that the library's reports run on.",
		Example: "  vitrina load orders.csv.gz --table orders\n  vitrina load --demo",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.read(args); err != nil {
				return err
			}
			flags.options.Stdin = io.in
			a, err := g.open()
			if err != nil {
				return err
			}
			defer func() { _ = a.Close() }()
			if flags.demo {
				return loadDemo(cmd.Context(), a, flags.source, io)
			}
			return loadFile(cmd.Context(), a, flags, io)
		},
	}
	f := cmd.Flags()
	f.StringVar(&flags.options.Table, "table", "", "table `NAME`, or database.name")
	f.StringVar(&flags.source, "source", "warehouse", "source `NAME`")
	f.StringVar(&flags.options.Format, "format", "", "csv, tsv, jsonl or parquet (default: by content and extension)")
	f.StringVar(&flags.delimiter, "delimiter", "", "what stands between the values of a CSV file (default: found out)")
	f.StringVar(&flags.options.Encoding, "encoding", "", "of a text file, such as windows-1251 (default: UTF-8)")
	f.StringArrayVar(&flags.types, "type", nil, "a column's type as `COLUMN=TYPE`, instead of the inferred one")
	f.BoolVar(&flags.add, "append", false, "add the rows to the table if it exists")
	f.BoolVar(&flags.replace, "replace", false, "put the new table in the place of one that exists")
	f.BoolVar(&flags.demo, "demo", false, "load the demo warehouse")
	f.BoolVar(&flags.json, "json", false, "print what was loaded as JSON")
	return cmd
}

// read checks the flags together and completes the options.
func (f *loadFlags) read(args []string) error {
	switch {
	case f.demo && (len(args) > 0 || f.options.Table != ""):
		return fault.New(fault.Invalid, "--demo loads the demo warehouse and takes neither file nor table")
	case f.demo:
		return nil
	case f.add && f.replace:
		return fault.New(fault.Invalid, "--append adds to a table and --replace replaces it; choose one of them")
	case len(args) == 0:
		return fault.New(fault.Invalid, "which file? vitrina load FILE --table NAME")
	case f.options.Table == "":
		return fault.New(fault.Invalid, "into which table? vitrina load %s --table NAME", args[0])
	}
	f.options.Path = args[0]
	if f.add {
		f.options.Mode = load.Append
	}
	if f.replace {
		f.options.Mode = load.Replace
	}
	if f.delimiter != "" {
		delimiter := strings.ReplaceAll(f.delimiter, `\t`, "\t")
		r, size := utf8.DecodeRuneInString(delimiter)
		if size != len(delimiter) {
			return fault.New(fault.Invalid, "--delimiter takes one character, not %q", f.delimiter)
		}
		f.options.Delimiter = r
	}
	f.options.Types = map[string]string{}
	for _, entry := range f.types {
		column, kind, ok := strings.Cut(entry, "=")
		if !ok {
			return fault.New(fault.Invalid, "--type %s: write it as --type column=Type", entry)
		}
		f.options.Types[column] = kind
	}
	return nil
}

// loader is the source as one that rows can be loaded into.
func loader(ctx context.Context, a *app.App, name string) (source.Loader, error) {
	src, _, err := a.Source(ctx, name)
	if err != nil {
		return nil, err
	}
	to, ok := src.(source.Loader)
	if !ok {
		return nil, fault.New(fault.Invalid, "Rows can be loaded into ClickHouse only, and %s is another database.", name)
	}
	return to, nil
}

func loadFile(ctx context.Context, a *app.App, flags loadFlags, io streams) error {
	to, err := loader(ctx, a, flags.source)
	if err != nil {
		return err
	}
	if isTerminal(io.err) {
		bar := progressbar.NewOptions64(-1, progressbar.OptionSetWriter(io.err), progressbar.OptionShowBytes(true),
			progressbar.OptionSetDescription(flags.options.Path), progressbar.OptionClearOnFinish())
		flags.options.Progress = func(done, total int64) { bar.ChangeMax64(total); _ = bar.Set64(done) }
		defer func() { _ = bar.Clear() }()
	}
	result, err := load.File(ctx, to, flags.options)
	if err != nil {
		return err
	}
	if flags.json {
		return printJSON(io.out, result)
	}
	_, err = fmt.Fprintf(io.err, "%s loaded into %s\n", rows(result.Rows), result.Table)
	for _, column := range result.Columns {
		_, _ = fmt.Fprintf(io.err, "  %s %s\n", column.Name, column.Type)
	}
	return err
}

// loadDemo runs the statements that make the demo warehouse.
func loadDemo(ctx context.Context, a *app.App, name string, io streams) error {
	to, err := loader(ctx, a, name)
	if err != nil {
		return err
	}
	if err := app.LoadDemo(ctx, to); err != nil {
		return err
	}
	_, err = fmt.Fprintln(io.err, "The demo warehouse is loaded.")
	return err
}
