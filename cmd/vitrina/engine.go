package main

import (
	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/runner/engine"
)

func newEngine() *cobra.Command {
	return &cobra.Command{
		Use:   "engine",
		Short: "Serve the embedded ClickHouse engine (started by the other commands when they need it)",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return engine.Serve(cmd.Context(), engine.ServeOptions{})
		},
	}
}
