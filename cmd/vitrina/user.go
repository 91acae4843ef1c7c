package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

func newUser(g *globals, io streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user add|list|password|role|disable|enable",
		Short: "Manage the people who sign in",
		Long:  "User manages the people who sign in to the service. It works on the configured database, whether the service runs or not.",
		Args:  subcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newUserAdd(g, io), newUserList(g, io), newUserPassword(g, io), newUserRole(g, io),
		newUserSwitch(g, io, "disable", "Keep a person out: sessions end, tokens are revoked", (*accounts.Service).DisablePerson),
		newUserSwitch(g, io, "enable", "Let a disabled person sign in again", (*accounts.Service).EnablePerson))
	explainArgs(cmd.Commands())
	return cmd
}

// subcommand refuses what is none.
func subcommand(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("there is no command %q of %s", args[0], cmd.CommandPath())
	}
	return nil
}

// whose wants an email and says so.
var whose = oneArg("whose? give an email")

func newUserAdd(g *globals, io streams) *cobra.Command {
	var wanted accounts.NewPerson
	var role string
	var ask bool
	cmd := &cobra.Command{
		Use:     "add EMAIL [--name NAME] [--role administrator|analyst|member] [--password]",
		Short:   "Add a person and print a password to give them",
		Long:    "Add adds a person. The password that is printed is shown this once, and is to be changed at the first sign-in.",
		Example: "  vitrina user add ann@example.com --name 'Ann Lee' --role analyst",
		Args:    whose,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			wanted.Email, wanted.Role = args[0], people.Role(role)
			if ask {
				if wanted.Password, err = readPassword(io); err != nil {
					return err
				}
			}
			return addUser(cmd.Context(), g, io, wanted)
		},
	}
	cmd.Flags().StringVar(&wanted.Name, "name", "", "the person's `NAME`")
	cmd.Flags().StringVar(&role, "role", string(people.Member), "administrator, analyst or member")
	cmd.Flags().BoolVar(&ask, "password", false, "read the password from the terminal or standard input, instead of making one up")
	cmd.Flags().BoolVar(&wanted.NoPassword, "no-password", false, "no password: the person signs in through the identity provider")
	cmd.MarkFlagsMutuallyExclusive("password", "no-password")
	return cmd
}

func addUser(ctx context.Context, g *globals, io streams, wanted accounts.NewPerson) error {
	service, done, err := g.accounts(ctx)
	if err != nil {
		return err
	}
	defer done()
	person, password, err := service.CreatePerson(ctx, people.Command(), wanted)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(io.err, "%s was added as %s.\n", person.Email, person.Role)
	return printPassword(io, password)
}

// printPassword prints one that was made up; there is none for "".
func printPassword(io streams, password string) error {
	if password == "" {
		return nil
	}
	_, _ = fmt.Fprintln(io.err, "Their password, shown this once and to be changed at the first sign-in:")
	_, err := fmt.Fprintln(io.out, password)
	return err
}

func newUserList(g *globals, io streams) *cobra.Command {
	var filter people.Filter
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [--search TEXT] [--json]",
		Short: "List the people",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			service, done, err := g.accounts(cmd.Context())
			if err != nil {
				return err
			}
			defer done()
			all, err := everybody(cmd.Context(), service, filter)
			if err != nil {
				return err
			}
			return printPeople(io, all, asJSON)
		},
	}
	cmd.Flags().StringVar(&filter.Search, "search", "", "only those with the `TEXT` in email or name")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	return cmd
}

func everybody(ctx context.Context, service *accounts.Service, filter people.Filter) (all []people.Person, err error) {
	filter.Limit = 500
	for {
		var page []people.Person
		if page, filter.Cursor, err = service.FindPeople(ctx, people.Command(), filter); err != nil {
			return nil, err
		}
		if all = append(all, page...); filter.Cursor == "" {
			return all, nil
		}
	}
}

// listedPerson is a person as user list --json prints them.
type listedPerson struct {
	ID       string      `json:"id"`
	Email    string      `json:"email"`
	Name     string      `json:"name"`
	Role     people.Role `json:"role"`
	Groups   []string    `json:"groups"`
	Disabled *time.Time  `json:"disabled"`
	Created  time.Time   `json:"created"`
	Seen     *time.Time  `json:"seen"`
}

func printPeople(io streams, all []people.Person, asJSON bool) error {
	listed := make([]listedPerson, len(all))
	for i, p := range all {
		listed[i] = listedPerson{p.ID, p.Email, p.Name, p.Role, p.Groups, p.Disabled, p.Created, p.Seen}
	}
	if asJSON {
		return printJSON(io.out, listed)
	}
	for _, p := range listed {
		state := "enabled"
		if p.Disabled != nil {
			state = "disabled"
		}
		if _, err := fmt.Fprintf(io.out, "%s\t%s\t%s\t%s\t%s\n", p.Email, p.Role, state, p.Name, strings.Join(p.Groups, ", ")); err != nil {
			return err
		}
	}
	return nil
}

func newUserPassword(g *globals, io streams) *cobra.Command {
	var makeUp bool
	cmd := &cobra.Command{
		Use:   "password EMAIL [--new]",
		Short: "Give a person another password and end their sessions",
		Long:  "Password reads the new password from the terminal or the first line of standard input; with --new it makes one up.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("a password is no argument, since others could see it: write it on standard input")
			}
			return whose(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			var password string
			if !makeUp {
				if password, err = readPassword(io); err != nil {
					return err
				}
			}
			return g.onPerson(cmd.Context(), args[0], func(service *accounts.Service, person *people.Person) error {
				return givePassword(cmd.Context(), service, io, person, password)
			})
		},
	}
	cmd.Flags().BoolVar(&makeUp, "new", false, "make up a password and print it")
	return cmd
}

func givePassword(ctx context.Context, service *accounts.Service, io streams, person *people.Person, password string) (err error) {
	madeUp := ""
	if password == "" {
		madeUp, err = service.ResetPassword(ctx, people.Command(), person.ID)
	} else {
		err = service.SetPassword(ctx, people.Command(), person.ID, password)
	}
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(io.err, "%s has another password; their sessions have ended.\n", person.Email)
	return printPassword(io, madeUp)
}

func newUserRole(g *globals, io streams) *cobra.Command {
	return &cobra.Command{
		Use:   "role EMAIL administrator|analyst|member",
		Short: "Give a person another role",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return errors.New("whose, and which? give an email and a role")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			role := people.Role(args[1])
			return g.onPerson(cmd.Context(), args[0], func(service *accounts.Service, person *people.Person) error {
				changed, err := service.ChangePerson(cmd.Context(), people.Command(), person.ID, people.Change{Role: &role})
				if err == nil {
					_, _ = fmt.Fprintf(io.err, "%s is now %s.\n", changed.Email, changed.Role)
				}
				return err
			})
		},
	}
}

func newUserSwitch(g *globals, io streams, name, short string, do func(*accounts.Service, context.Context, *people.Actor, string) error) *cobra.Command {
	return &cobra.Command{
		Use:   name + " EMAIL",
		Short: short,
		Args:  whose,
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.onPerson(cmd.Context(), args[0], func(service *accounts.Service, person *people.Person) error {
				err := do(service, cmd.Context(), people.Command(), person.ID)
				if err == nil {
					_, _ = fmt.Fprintf(io.err, "%s is %sd.\n", person.Email, name)
				}
				return err
			})
		},
	}
}
