package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
)

type serveFlags struct {
	listen string
	roles  []string
	demo   bool
}

func newServe(g *globals, io streams) *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "serve [--listen :8080] [--role web,worker,scheduler] [--demo]",
		Short: "Serve reports to people: web, workers, upkeep and the embedded engines in one process",
		Long: "Serve runs until it is told to stop, and then lets running runs finish. Several processes on one database share the work.\n\n" +
			"The first start makes an administrator and prints how to sign in.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return serve(cmd.Context(), g, io, flags) },
	}
	cmd.Flags().StringVar(&flags.listen, "listen", "", "`ADDRESS` of the web (default: listen of the configuration, then :8080)")
	cmd.Flags().StringSliceVar(&flags.roles, "role", []string{app.RoleAll}, "what this process does: all, or any of web, worker and scheduler")
	cmd.Flags().BoolVar(&flags.demo, "demo", false, "load the demo warehouse and the library's reports")
	return cmd
}

func serve(ctx context.Context, g *globals, io streams, flags serveFlags) error {
	for _, role := range flags.roles {
		if !slices.Contains([]string{app.RoleAll, app.RoleWeb, app.RoleWorker, app.RoleScheduler}, role) {
			return fault.New(fault.Invalid, "--role: there is no role %q; there are all, web, worker and scheduler", role)
		}
	}
	config, err := app.LoadConfig(g.config)
	if err != nil {
		return err
	}
	a, err := app.New(config, app.Options{DataDir: g.data, Logger: config.Log.NewLogger(io.err)})
	if err != nil {
		return err
	}
	err = a.Serve(ctx, app.ServeOptions{
		Listen: flags.listen, Roles: flags.roles, Demo: flags.demo, Version: version,
		Ready: func(address string, first *app.FirstAdministrator) { announce(io, address, flags.demo, first) },
	})
	if closeErr := a.Close(); err == nil {
		err = closeErr
	}
	return err
}

// announce says where the service is and, once, how to sign in.
func announce(io streams, address string, demo bool, first *app.FirstAdministrator) {
	var words strings.Builder
	fmt.Fprintf(&words, "Vitrina serves at %s\n", address)
	if first != nil {
		fmt.Fprintf(&words, "Sign in as %s with the password %s (shown only now; change it after signing in).\n", first.Email, first.Password)
	} else if demo {
		fmt.Fprint(&words, "The administrator was made at the first start; vitrina user password admin@localhost --new makes another password.\n")
	}
	_, _ = fmt.Fprint(io.out, words.String())
}
