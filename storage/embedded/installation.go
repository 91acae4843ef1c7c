package embedded

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// installation is Postgres' programs and the user they run as.
type installation struct {
	dir     string
	major   string
	account account
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// install finds the programs, and copies them to where their user can reach them when it cannot where they are.
func (s *Server) install(ctx context.Context) (*installation, error) {
	a, err := accountOf(s.options.Dir, s.cluster())
	if err != nil {
		return nil, err
	}
	i := &installation{dir: s.options.Binaries, account: a}
	if i.dir == "" {
		if i.dir, err = FindBinaries(); err != nil {
			return nil, err
		}
	}
	if i.dir, err = filepath.Abs(i.dir); err != nil {
		return nil, fault.Disk(i.dir, err)
	}
	if !isFile(filepath.Join(i.dir, "bin", "postgres")) {
		return nil, fault.New(fault.Unavailable, "There is no Postgres in %s: the folder needs bin/postgres and bin/initdb.", i.dir)
	}
	err = i.readVersion(ctx)
	if a.drop && err != nil && ctx.Err() == nil {
		if i.dir, err = reachableCopy(i.dir, s.options.copyPlaces); err == nil {
			err = i.readVersion(ctx)
		}
	}
	return i, err
}

// readVersion runs the server for its version, which also shows that it can be run.
func (i *installation) readVersion(ctx context.Context) error {
	cmd := i.program("postgres", "--version")
	out, err := outputTied(ctx, cmd)
	if match := versionLine.FindSubmatch(out); err == nil && match != nil {
		i.major = string(match[1])
		return nil
	}
	return fault.New(fault.Unavailable, "The Postgres in %s cannot be run by the user %s; set VITRINA_POSTGRES to a folder with bin, lib and "+
		"share that this user can read: %w", i.dir, nameOf(i.account.uid), errors.Join(err, ctx.Err()))
}

func (i *installation) program(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(i.dir, "bin", name), args...)
	cmd.Dir = "/"
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=/usr/local/bin:/usr/bin:/bin"}
	cmd.SysProcAttr = i.account.attributes()
	return cmd
}

// command is a program that works on a cluster. done is to be called when it has been started.
func (i *installation) command(name, cluster string, args ...string) (cmd *exec.Cmd, done func(), err error) {
	cmd = i.program(name)
	path, done, err := i.account.reach(cmd, cluster)
	if err != nil {
		return nil, nil, fault.Disk(cluster, err)
	}
	if len(args) > 0 && args[0] == "--single" { // has to be the first
		cmd.Args, args = append(cmd.Args, args[0]), args[1:]
	}
	cmd.Args = append(append(cmd.Args, "-D", path), args...)
	return cmd, done, nil
}

// outputTied is the standard output of a program that ends with ctx and with this process.
func outputTied(ctx context.Context, cmd *exec.Cmd) ([]byte, error) {
	var out limited
	cmd.Stdout = &out
	err := runTied(ctx, cmd)
	return out.text, err
}

// limited keeps the beginning of what is written to it.
type limited struct{ text []byte }

func (l *limited) Write(p []byte) (int, error) {
	l.text = append(l.text, p[:min(len(p), 4096-len(l.text))]...)
	return len(p), nil
}

// runTied runs a program to its end; it is killed when ctx ends, and ends with this process.
func runTied(ctx context.Context, cmd *exec.Cmd) error {
	result := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // see child.start
		err := cmd.Start()
		if err == nil {
			stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
			err = cmd.Wait()
			stop()
		}
		result <- err
	}()
	return <-result
}
