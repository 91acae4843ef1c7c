package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func newSecrets(g *globals, io streams) *cobra.Command {
	cmd := &cobra.Command{Use: "secrets", Short: "Keys of what is encrypted", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(&cobra.Command{
		Use:   "rotate",
		Short: "Make a new key for secrets and encrypt what is kept anew",
		Long:  "Rotate makes a new key and encrypts all secrets with it. Older keys stay in the keyring, so that links given out earlier still open.",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return rotateSecrets(cmd.Context(), g, io) },
	})
	return cmd
}

func rotateSecrets(ctx context.Context, g *globals, io streams) error {
	a, err := g.open()
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	if err := a.RotateSecrets(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintln(io.err, "There is a new key, and all secrets are encrypted with it.")
	return err
}
