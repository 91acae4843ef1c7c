package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func newMigrate(g *globals, io streams) *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring Vitrina's own database up to date (vitrina serve does so at its start)",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return migrate(cmd.Context(), g, io) },
	}
}

func migrate(ctx context.Context, g *globals, io streams) error {
	a, err := g.open()
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	applied, err := a.Migrate(ctx)
	if err != nil {
		return err
	}
	for _, name := range applied {
		_, _ = fmt.Fprintln(io.out, name)
	}
	if len(applied) == 0 {
		_, _ = fmt.Fprintln(io.err, "The database is up to date.")
	}
	return nil
}
