package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
)

func newHealth(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "health",
		Short: "Tell by the exit code whether a service on this machine answers (for containers)",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return health(cmd.Context(), g) },
	}
}

func health(ctx context.Context, g *globals) error {
	config, err := app.LoadConfig(g.config)
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(config.Address(""))
	if err != nil {
		return fault.New(fault.Invalid, "listen: %w", err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fault.New(fault.Unavailable, "The service does not answer at %s.", net.JoinHostPort(host, port))
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fault.New(fault.Unavailable, "The service at %s answers %s.", net.JoinHostPort(host, port), answer.Status)
	}
	return nil
}
