package embedded

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	passwordName = "password"
	// newName begins the name of a cluster before it is complete.
	newName = clusterName + ".new-"
	// access lets everyone who can reach the socket try the password. The socket is in a folder that is closed to others.
	access = "local all all scram-sha-256\n"
)

// prepare makes the cluster when there is none, and otherwise makes sure that this Postgres can serve it.
func (s *Server) prepare(ctx context.Context, i *installation) error {
	s.sweep()
	_, err := os.Lstat(s.cluster())
	if errors.Is(err, fs.ErrNotExist) {
		return s.create(ctx, i)
	}
	if err != nil {
		return fault.Disk(s.options.Dir, err)
	}
	if err := i.account.own(s.cluster()); err != nil {
		return err
	}
	return s.checkVersion(i)
}

// checkVersion reads within the cluster only, whose owner may not be trusted by root.
func (s *Server) checkVersion(i *installation) error {
	root, err := os.OpenRoot(s.cluster())
	if err != nil {
		return fault.Disk(s.options.Dir, err)
	}
	defer root.Close()
	text, err := root.ReadFile("PG_VERSION")
	found := strings.TrimSpace(string(text))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && found == "":
		return s.damaged("it has no PG_VERSION")
	case err != nil:
		return fault.Disk(s.cluster(), err)
	case found != i.major:
		return fault.New(fault.Unavailable, "The data in %s belongs to Postgres %.20q, and this is Postgres %s: start the version of Vitrina "+
			"that wrote it and take a backup there, then restore it into an empty folder with this one.", s.options.Dir, found, i.major)
	}
	return nil
}

// sweep removes what was left half made. What a killed initdb has started may still be writing to it; then the next start removes it.
func (s *Server) sweep() {
	entries, _ := os.ReadDir(s.options.Dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), newName) || strings.HasPrefix(e.Name(), passwordName+".") {
			_ = os.RemoveAll(filepath.Join(s.options.Dir, e.Name()))
		}
	}
}

// create makes the cluster under another name first, so that it is either complete or not there.
func (s *Server) create(ctx context.Context, i *installation) error {
	fresh, err := os.MkdirTemp(s.options.Dir, newName+"*")
	if err != nil {
		return fault.Disk(s.options.Dir, err)
	}
	defer s.sweep()
	if err := i.account.own(fresh); err != nil {
		return err
	}
	args := []string{"--username", superuser, "--auth", "reject", "--encoding", "UTF8", "--locale", "C", "--no-instructions"}
	if s.options.Unsafe {
		args = append(args, "--no-sync")
	}
	if err := s.execute(ctx, i, "initdb", fresh, "", args...); err != nil {
		return err
	}
	if err := s.setPassword(ctx, i, fresh, "CREATE ROLE "+Database+" LOGIN;\nCREATE DATABASE "+Database+" OWNER "+Database+";\n"); err != nil {
		return err
	}
	if err := s.allow(fresh); err != nil {
		return err
	}
	if err := os.Rename(fresh, s.cluster()); err != nil {
		return fault.Disk(s.options.Dir, err)
	}
	return s.syncDir(s.options.Dir)
}

// allow replaces the rules of who may connect.
func (s *Server) allow(cluster string) error {
	root, err := os.OpenRoot(cluster)
	if err != nil {
		return fault.Disk(s.options.Dir, err)
	}
	defer root.Close()
	return fault.Disk(s.options.Dir, root.WriteFile("pg_hba.conf", []byte(access), 0o600))
}

// secure gives the cluster a new password when the file with it is gone.
func (s *Server) secure(ctx context.Context, i *installation) error {
	_, err := readPassword(s.options.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return s.setPassword(ctx, i, s.cluster(), "")
	}
	return err
}

// setPassword runs the statements, gives both roles a new password, and then keeps it. No server may run.
func (s *Server) setPassword(ctx context.Context, i *installation, cluster, statements string) error {
	var random [24]byte
	rand.Read(random[:])
	password := hex.EncodeToString(random[:])
	for _, role := range []string{superuser, Database} {
		statements += fmt.Sprintf("ALTER ROLE %s PASSWORD '%s';\n", role, password)
	}
	args := append(arguments(s.options.common()), "-c", "exit_on_error=on", superuser)
	if err := s.execute(ctx, i, "postgres", cluster, statements, append([]string{"--single"}, args...)...); err != nil {
		return err
	}
	return s.writePassword(password)
}

// execute runs a program of Postgres on a cluster to its end.
func (s *Server) execute(ctx context.Context, i *installation, program, cluster, input string, args ...string) error {
	cmd, done, err := i.command(program, cluster, args...)
	if err != nil {
		return err
	}
	defer done()
	said := &journal{logger: s.options.Logger}
	var out bytes.Buffer
	cmd.Stdin, cmd.Stderr = strings.NewReader(input), &out
	err = runTied(ctx, cmd)
	said.read(&out)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fault.New(fault.Cancelled, "The embedded Postgres of %s was not started: %w", s.options.Dir, ctx.Err())
	}
	return s.explain(append(said.lines(), line{text: program + ": " + err.Error()}))
}

func readPassword(dir string) (string, error) {
	path := filepath.Join(dir, passwordName)
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	password := strings.TrimSpace(string(text))
	if password == "" {
		return "", fault.New(fault.Unavailable, "The file %s is empty: remove it while no Vitrina runs, and the next start sets a new password.", path)
	}
	return password, nil
}

// writePassword puts the file there whole. It belongs to whom the folder belongs to.
func (s *Server) writePassword(password string) error {
	file, err := os.CreateTemp(s.options.Dir, passwordName+".*")
	if err != nil {
		return fault.Disk(s.options.Dir, err)
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(password + "\n")
	if err = errors.Join(err, file.Sync(), file.Close(), hand(file.Name(), s.options.Dir)); err == nil {
		err = os.Rename(file.Name(), filepath.Join(s.options.Dir, passwordName))
	}
	if err != nil {
		return fault.Disk(s.options.Dir, err)
	}
	return s.syncDir(s.options.Dir)
}

func (s *Server) syncDir(dir string) error {
	if s.options.Unsafe {
		return nil
	}
	folder, err := os.Open(dir)
	if err != nil {
		return fault.Disk(dir, err)
	}
	defer folder.Close()
	return fault.Disk(dir, folder.Sync())
}
