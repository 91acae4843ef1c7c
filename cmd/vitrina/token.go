package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

func newToken(g *globals, io streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token create|list|revoke",
		Short: "Manage the tokens machines use for the API",
		Long:  "Token manages API tokens. A token acts as a person and never may more than they; its scopes may narrow it further.",
		Args:  subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTokenCreate(g, io), newTokenList(g, io), newTokenRevoke(g, io))
	explainArgs(cmd.Commands())
	return cmd
}

func newTokenCreate(g *globals, io streams) *cobra.Command {
	var name, expires string
	var scopes []string
	cmd := &cobra.Command{
		Use:     "create EMAIL --name NAME [--scope read|run|write|admin] [--expires 90d|never]",
		Short:   "Make a token of a person and print it, this once",
		Example: "  vitrina token create robot@example.com --name nightly --scope run --expires 90d",
		Args:    whose,
		RunE: func(cmd *cobra.Command, args []string) error {
			end, err := expiry(expires, time.Now())
			if err != nil {
				return err
			}
			wanted := accounts.NewToken{Name: name, Expires: end}
			for _, scope := range scopes {
				wanted.Scopes = append(wanted.Scopes, people.Scope(scope))
			}
			return g.onPerson(cmd.Context(), args[0], func(service *accounts.Service, person *people.Person) error {
				wanted.PersonID = person.ID
				return createToken(cmd.Context(), service, io, person, wanted)
			})
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what the token is for")
	cmd.Flags().StringSliceVar(&scopes, "scope", []string{string(people.ScopeRun)}, "what it may be used for: read, run, write or admin; each includes those before it")
	cmd.Flags().StringVar(&expires, "expires", "90d", "how long it is valid, as 12h or 90d, or never")
	return cmd
}

func createToken(ctx context.Context, service *accounts.Service, io streams, person *people.Person, wanted accounts.NewToken) error {
	secret, token, err := service.CreateToken(ctx, people.Command(), wanted)
	if err != nil {
		return err
	}
	until := "does not expire"
	if token.Expires != nil {
		until = "is valid until " + token.Expires.UTC().Format(time.RFC3339)
	}
	_, _ = fmt.Fprintf(io.err, "The token %s of %s %s. It is shown this once:\n", token.Name, person.Email, until)
	_, err = fmt.Fprintln(io.out, secret)
	return err
}

// expiry reads 12h, 90d or never.
func expiry(text string, now time.Time) (*time.Time, error) {
	if text == "never" {
		return nil, nil
	}
	length, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n int
		n, err = strconv.Atoi(days)
		if n > 36500 {
			err = strconv.ErrRange
		}
		length = time.Duration(n) * 24 * time.Hour
	}
	if err != nil || length <= 0 {
		return nil, fault.New(fault.Invalid, "--expires %s: write how long it is valid, as 12h or 90d, or never", text)
	}
	end := now.Add(length)
	return &end, nil
}

// listedToken is a token as token list --json prints it.
type listedToken struct {
	ID      string         `json:"id"`
	Person  string         `json:"person"`
	Name    string         `json:"name"`
	Hint    string         `json:"hint"`
	Scopes  []people.Scope `json:"scopes"`
	Created time.Time      `json:"created"`
	Expires *time.Time     `json:"expires"`
	Used    *time.Time     `json:"used"`
	Revoked *time.Time     `json:"revoked"`
}

func newTokenList(g *globals, io streams) *cobra.Command {
	var email string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [--person EMAIL] [--json]",
		Short: "List tokens: id, beginning, person, name, scopes, state",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			tokens, err := tokensOf(cmd.Context(), g, email)
			if err != nil {
				return err
			}
			return printTokens(io, tokens, asJSON, time.Now())
		},
	}
	cmd.Flags().StringVar(&email, "person", "", "only those of the person with this `EMAIL`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	return cmd
}

func tokensOf(ctx context.Context, g *globals, email string) (tokens []people.Token, err error) {
	if email != "" {
		err = g.onPerson(ctx, email, func(service *accounts.Service, person *people.Person) (err error) {
			tokens, err = service.TokensOf(ctx, people.Command(), person.ID)
			return err
		})
		return tokens, err
	}
	service, done, err := g.accounts(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	return service.TokensOf(ctx, people.Command(), "")
}

func printTokens(io streams, tokens []people.Token, asJSON bool, now time.Time) error {
	listed := make([]listedToken, len(tokens))
	for i, t := range tokens {
		listed[i] = listedToken{t.ID, t.Person, t.Name, t.Hint, t.Scopes, t.Created, t.Expires, t.Used, t.Revoked}
	}
	if asJSON {
		return printJSON(io.out, listed)
	}
	for _, t := range tokens {
		if _, err := fmt.Fprintf(io.out, "%s\t%s…\t%s\t%s\t%s\t%s\n", t.ID, t.Hint, t.Person, t.Name, joined(t.Scopes), state(t, now)); err != nil {
			return err
		}
	}
	return nil
}

func joined(scopes []people.Scope) string {
	names := make([]string, len(scopes))
	for i, scope := range scopes {
		names[i] = string(scope)
	}
	return strings.Join(names, ",")
}

func state(t people.Token, now time.Time) string {
	switch {
	case t.Revoked != nil:
		return "revoked"
	case t.Expires == nil:
		return "valid"
	case !t.Expires.After(now):
		return "expired"
	}
	return "valid until " + t.Expires.UTC().Format(time.DateOnly)
}

func newTokenRevoke(g *globals, io streams) *cobra.Command {
	return &cobra.Command{
		Use:   "revoke ID",
		Short: "Make a token worthless at once",
		Args:  oneArg("which token? give its id, from vitrina token list"),
		RunE: func(cmd *cobra.Command, args []string) error {
			service, done, err := g.accounts(cmd.Context())
			if err != nil {
				return err
			}
			defer done()
			if err := service.RevokeToken(cmd.Context(), people.Command(), args[0]); err != nil {
				return err
			}
			_, _ = fmt.Fprintln(io.err, "The token is revoked.")
			return nil
		},
	}
}
