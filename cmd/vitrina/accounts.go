package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

// accounts opens the people of the configured database, or of the embedded one. The caller calls done.
func (g *globals) accounts(ctx context.Context) (service *accounts.Service, done func(), err error) {
	a, err := g.open()
	if err != nil {
		return nil, nil, err
	}
	db, err := a.Migrated(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, a.Close())
	}
	return accounts.New(accounts.Options{Stores: accounts.Stores{
		People: storage.NewPeople(db), Groups: storage.NewGroups(db), Grants: storage.NewGrants(db), Sessions: storage.NewSessions(db),
		SignIns: storage.NewSignIns(db), Tokens: storage.NewTokens(db), Audit: storage.NewAudit(db),
	}}), func() { _ = a.Close() }, nil
}

// onPerson does something with the person of an email.
func (g *globals) onPerson(ctx context.Context, email string, do func(*accounts.Service, *people.Person) error) error {
	service, done, err := g.accounts(ctx)
	if err != nil {
		return err
	}
	defer done()
	person, err := service.PersonByEmail(ctx, people.Command(), email)
	if err != nil {
		return err
	}
	return do(service, person)
}

// readPassword reads it twice from a terminal without showing it, and otherwise the first line of standard input. It is never an
// argument, where other users of the machine could see it.
func readPassword(in streams) (string, error) {
	file, ok := in.in.(*os.File)
	if !ok || !isTerminal(in.in) {
		line, err := bufio.NewReader(io.LimitReader(in.in, 1<<16)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fault.New(fault.Invalid, "The password cannot be read from standard input: %w", err)
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			return "", fault.New(fault.Invalid, "There is no password on standard input: write it there on a line of its own.")
		}
		return line, nil
	}
	first, err := hidden(file, in.err, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := hidden(file, in.err, "Once more: ")
	if err == nil && first != second {
		err = fault.New(fault.Invalid, "The two passwords differ.")
	}
	return first, err
}

func hidden(file *os.File, words io.Writer, prompt string) (string, error) {
	_, _ = fmt.Fprint(words, prompt)
	text, err := term.ReadPassword(int(file.Fd()))
	_, _ = fmt.Fprintln(words)
	if err != nil {
		return "", fault.New(fault.Invalid, "The password cannot be read: %w", err)
	}
	return string(text), nil
}
