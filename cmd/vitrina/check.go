package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/words"
	"github.com/vitrina-reports/vitrina/reports"
)

func newCheck(g *globals, io streams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check FILE|DIR...",
		Short: "Report all problems of report documents",
		Long: "Check reports every problem of the documents at once as file:line:column: message. It needs no database.\n" +
			"Workbooks that exports fill are looked for beside the document.\n" +
			"The configuration, if there is one, tells which sources there are; its secrets need not be set.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, paths []string) error {
			config, err := app.ReadConfig(g.config)
			if err != nil {
				return err
			}
			checked, problems, err := reports.CheckFiles(paths, config.CheckOptions())
			if err != nil {
				return err
			}
			if checked == 0 {
				return fault.New(fault.Invalid, "there is no report in %s: reports are files called *.md", strings.Join(paths, ", "))
			}
			if asJSON {
				return checkJSON(io, problems)
			}
			for _, problem := range problems {
				_, _ = fmt.Fprintln(io.out, problem)
			}
			if len(problems) > 0 {
				return fault.New(fault.Invalid, "%s in %s", words.Count(len(problems), "problem"), words.Count(checked, "report"))
			}
			_, err = fmt.Fprintf(io.err, "%s checked, no problems\n", words.Count(checked, "report"))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the problems as a JSON array")
	return cmd
}

func checkJSON(io streams, problems []reports.Problem) error {
	if problems == nil {
		problems = []reports.Problem{}
	}
	if err := json.NewEncoder(io.out).Encode(problems); err != nil {
		return err
	}
	if len(problems) > 0 {
		return fault.New(fault.Invalid, "%w", errTold)
	}
	return nil
}
