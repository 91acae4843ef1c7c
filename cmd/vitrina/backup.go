package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

func newBackup(g *globals, io streams) *cobra.Command {
	var withoutFiles bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write reports, history, runs, people, rights, links and files to one zip archive",
		Long: "Backup writes everything Vitrina keeps as of one moment, while the service runs, to a zip archive.\n\n" +
			"Secrets are in it as they are kept: encrypted. The key that opens them is not: keep secrets.key of the\n" +
			"configuration, or the file secrets.key of the data folder, in another place.",
		Args: oneArg("which file shall the backup be written to?"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return backup(cmd.Context(), g, io, args[0], !withoutFiles)
		},
	}
	cmd.Flags().BoolVar(&withoutFiles, "without-files", false, "leave out the files that runs have written")
	return cmd
}

func backup(ctx context.Context, g *globals, io streams, path string, withFiles bool) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Invalid, "%s is there already; a backup never replaces a file.", path)
	}
	a, err := g.open()
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	manifest, err := a.Backup(ctx, path, version, withFiles)
	if err != nil {
		return err
	}
	for _, key := range manifest.Missing {
		_, _ = fmt.Fprintf(io.err, "%s was removed in the meantime and is not in the backup.\n", key)
	}
	_, err = fmt.Fprintf(io.out, "%s\t%d tables\t%d files\n", path, len(manifest.Tables), manifest.Files)
	return err
}

func newRestore(g *globals, io streams) *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Fill an empty database from a backup",
		Long: "Restore brings back what vitrina backup has written, into an empty database: a new one, or a new data folder.\n" +
			"Nothing is ever overwritten. The secrets need the master key the backup was made under.",
		Args: oneArg("which backup?"),
		RunE: func(cmd *cobra.Command, args []string) error { return restore(cmd.Context(), g, io, args[0]) },
	}
}

func restore(ctx context.Context, g *globals, io streams, path string) error {
	a, err := g.open()
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	manifest, err := a.Restore(ctx, path)
	if err != nil {
		return err
	}
	var rows int64
	for _, table := range manifest.Tables {
		rows += table.Rows
	}
	_, err = fmt.Fprintf(io.out, "%s of %s\t%d rows\t%d files\n", path, manifest.Created.Format("2006-01-02 15:04"), rows, manifest.Files)
	return err
}
