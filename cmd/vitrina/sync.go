package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/words"
	"github.com/vitrina-reports/vitrina/reports/mirror"
)

type syncFlags struct {
	message      string
	ours, theirs []string
	dryRun       bool
}

func newSync(g *globals, io streams) *cobra.Command {
	var flags syncFlags
	cmd := &cobra.Command{
		Use:   "sync DIR [--dry-run] [--message TEXT] [--ours FILE]... [--theirs FILE]...",
		Short: "Keep the reports of the service and a git folder the same, both ways",
		Long: "Sync brings together the reports of the service and those of a folder: FOLDER/NAME.md, snippets/NAME.sql and the\n" +
			"workbooks beside. What was changed, made, moved or deleted on one side since the last sync goes to the other.\n\n" +
			"What was changed on both sides is a conflict: it is told, nothing of it is changed, and the exit code is 1. Then say\n" +
			"--ours FILE to keep what the folder has, or --theirs FILE to take what the service has; the file is kept as FILE.orig.\n" +
			"A document with problems is told and not saved; everything else is synced. The folder's " + mirror.StateFile + "\n" +
			"remembers the last sync. Without it both sides are compared anew, and nothing is deleted.",
		Example: "  vitrina sync ./reports --message 'Fees of November'",
		Args:    oneArg("which folder? vitrina sync DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return syncFolder(cmd.Context(), g, io, args[0], flags)
		},
	}
	cmd.Flags().StringVarP(&flags.message, "message", "m", "sync", "`TEXT` of the revisions that are made")
	cmd.Flags().BoolVar(&flags.dryRun, "dry-run", false, "tell what would be done and change nothing")
	cmd.Flags().StringArrayVar(&flags.ours, "ours", nil, "in the conflict of `FILE` keep what the folder has")
	cmd.Flags().StringArrayVar(&flags.theirs, "theirs", nil, "in the conflict of `FILE` take what the service has")
	return cmd
}

func syncFolder(ctx context.Context, g *globals, io streams, dir string, flags syncFlags) (err error) {
	disk, err := mirror.OpenDisk(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, disk.Close()) }()
	a, err := g.open()
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	kept, err := a.Kept(ctx)
	if err != nil {
		return err
	}
	result, err := mirror.Sync(ctx, mirror.Options{
		Folder: disk, Catalog: mirror.Of(kept.Catalog, people.Command()),
		Message: flags.message, Ours: flags.ours, Theirs: flags.theirs, DryRun: flags.dryRun,
		Tell: func(change string) { _, _ = fmt.Fprintln(io.out, change) },
	})
	for _, sentence := range append(result.Problems, result.Conflicts...) {
		_, _ = fmt.Fprintln(io.err, sentence)
	}
	if err != nil {
		return err
	}
	return synced(io, result, flags.dryRun)
}

// synced sums up.
func synced(io streams, result mirror.Result, dryRun bool) error {
	var wrong []string
	if n := len(result.Conflicts); n > 0 {
		wrong = append(wrong, words.Count(n, "conflict"))
	}
	if n := len(result.Problems); n > 0 {
		wrong = append(wrong, words.Count(n, "problem"))
	}
	switch {
	case len(wrong) > 0:
		return fault.New(fault.Failed, "%s; everything else is in sync", strings.Join(wrong, " and "))
	case dryRun:
		_, _ = fmt.Fprintf(io.err, "%s to make\n", words.Count(result.Changes, "change"))
	case result.Changes == 0:
		_, _ = fmt.Fprintln(io.err, "Both sides are the same.")
	default:
		_, _ = fmt.Fprintf(io.err, "%s made\n", words.Count(result.Changes, "change"))
	}
	return nil
}
