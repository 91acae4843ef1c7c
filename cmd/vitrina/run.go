package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

type runFlags struct {
	params []string
	out    string
	format string
	json   bool
	record bool
}

func newRun(g *globals, io streams) *cobra.Command {
	var flags runFlags
	cmd := &cobra.Command{
		Use:   "run REPORT.md [-p name=value]... [--out DIR] [--format xlsx|csv|parquet|json] [--json]",
		Short: "Run a report and write its exports",
		Long: "Run runs a report file, or a report of the library by its name, without the service.\n\n" +
			"-p gives a field its value: -p partner=12. Given again, it adds a value: -p columns=card -p columns=city.\n" +
			"-p ids=@file reads a list from a file, -p period=2025-01-01..2025-01-31 is a range, -p ids= is nothing.\n" +
			"A text that starts with @ is written @@.",
		Example: "  vitrina run partner-cards -p partner=3 -p period=month_start..today --out files",
		Args:    oneArg("which report? name a file, or a report of the library"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runReport(cmd.Context(), g, io, args[0], flags)
		},
	}
	cmd.Flags().StringArrayVarP(&flags.params, "param", "p", nil, "a field's value as `NAME=VALUE`")
	cmd.Flags().StringVar(&flags.out, "out", ".", "`DIR` the files go to")
	cmd.Flags().StringVar(&flags.format, "format", "", "write the exported cells as this format: xlsx, csv, parquet or json")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the run record as JSON")
	cmd.Flags().BoolVar(&flags.record, "record", false, "record an audience; without it a run with one is a dry run")
	return cmd
}

func runReport(ctx context.Context, g *globals, io streams, name string, flags runFlags) error {
	if flags.record {
		return fault.New(fault.Invalid, "--record: this version cannot record audiences yet")
	}
	given, err := readParams(flags.params, io.in)
	if err != nil {
		return err
	}
	a, err := g.open()
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	report, files, err := a.Report(name)
	if err != nil {
		return err
	}
	bar := newProgress(io)
	defer bar.Close()
	out, err := filepath.Abs(flags.out)
	if err != nil {
		return err
	}
	run, err := a.Runner().Run(ctx, runner.Request{
		Report: report, Values: given.values(report.Report.Form), Format: flags.format, Files: files, Out: runner.Folder(out), Observer: bar,
	})
	bar.Close()
	if run == nil {
		return valuesError(err)
	}
	if flags.json {
		return errors.Join(printJSON(io.out, run), err)
	}
	if err != nil {
		return err
	}
	return printRun(io, run)
}

// valuesError puts each field's mistake on a line of its own.
func valuesError(err error) error {
	var mistakes forms.Errors
	if !errors.As(err, &mistakes) {
		return err
	}
	lines := make([]string, len(mistakes))
	for i, mistake := range mistakes {
		lines[i] = fmt.Sprintf("%s: %s", mistake.Field, mistake.Message)
	}
	return fault.New(fault.Invalid, "%s", strings.Join(lines, "\n"))
}

func printJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// printRun prints the files, one a line, and what a reader must know of them.
func printRun(io streams, run *runner.Run) error {
	for _, note := range run.Notes {
		_, _ = fmt.Fprintln(io.err, note)
	}
	for _, artifact := range run.Artifacts {
		if _, err := fmt.Fprintf(io.out, "%s\t%s\t%s\n", artifact.Path, rows(artifact.Rows), bytes(artifact.Bytes)); err != nil {
			return err
		}
	}
	if len(run.Artifacts) == 0 {
		for _, cell := range run.Cells {
			_, _ = fmt.Fprintf(io.err, "%s: %s\n", cell.Name, rows(cell.Rows))
		}
	}
	return nil
}
