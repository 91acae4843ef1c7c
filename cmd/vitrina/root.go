package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Exit codes of every command.
const (
	exitDone   = 0
	exitFailed = 1 // it ran and failed
	exitWrong  = 2 // the request was wrong
)

// streams are the command's input and outputs: data goes to out, words to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// flags every command has.
type globals struct {
	config, data string
}

// execute runs one command line and returns its exit code.
func execute(ctx context.Context, args []string, io streams) int {
	root := newRoot(io)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if !errors.Is(err, errTold) {
		_, _ = fmt.Fprintln(io.err, sentence(err))
	}
	if fault.IsInvalid(err) {
		return exitWrong
	}
	return exitFailed
}

// errTold ends a command that has said on its own what was wrong.
var errTold = errors.New("told")

// sentence is the error in words; one of the command line itself is told where help is.
func sentence(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return err.Error()
	}
	return fmt.Sprintf("vitrina: %v", err)
}

func newRoot(io streams) *cobra.Command {
	g := &globals{}
	root := &cobra.Command{
		Use:           "vitrina",
		Short:         "Self-service reports on ClickHouse",
		Long:          "Vitrina runs reports: SQL with form fields, written once by an analyst, filled in by everybody else.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(io.in)
	root.SetOut(io.out)
	root.SetErr(io.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.PersistentFlags().StringVar(&g.config, "config", "", "configuration `FILE` (default: $VITRINA_CONFIG, then vitrina.yaml if there is one)")
	root.PersistentFlags().StringVar(&g.data, "data", "", "`DIR` of the embedded engines (default: $VITRINA_DATA, then ./.vitrina)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usageError(cmd, err) })
	root.AddCommand(newRun(g, io), newCheck(g, io), newSQL(g, io), newLoad(g, io), newEngine(), newVersion(io))
	root.AddCommand(newServe(g, io), newHealth(g), newMigrate(g, io), newSecrets(g, io), newBackup(g, io), newRestore(g, io), newUser(g, io), newToken(g, io), newSync(g, io))
	explainArgs(append(root.Commands(), root))
	return root
}

// explainArgs tells the usage of the commands along with what is wrong with their arguments.
func explainArgs(commands []*cobra.Command) {
	for _, cmd := range commands {
		validate := cmd.Args
		cmd.Args = func(cmd *cobra.Command, args []string) error { return usageError(cmd, validate(cmd, args)) }
	}
}

// oneArg wants exactly one argument and asks for it in the command's own words.
func oneArg(question string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return errors.New(question)
		case len(args) > 1:
			return fmt.Errorf("%q is one argument too many", args[1])
		}
		return nil
	}
}

func usageError(cmd *cobra.Command, err error) error {
	if err == nil {
		return nil
	}
	return fault.New(fault.Invalid, "%w\nUsage: %s\nSee: %s --help", err, cmd.UseLine(), cmd.CommandPath())
}

// open loads the configuration and puts the parts together. The caller closes the app.
func (g *globals) open() (*app.App, error) {
	config, err := app.LoadConfig(g.config)
	if err != nil {
		return nil, err
	}
	return app.New(config, app.Options{DataDir: g.data})
}

// isTerminal tells whether a person watches the stream.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
