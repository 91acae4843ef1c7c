package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/storage/embedded"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

// asVitrina makes a test binary be vitrina, for as long as its standard input stays open.
const asVitrina = "TEST_AS_VITRINA"

func beVitrina() {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(exitFailed) // the tests are gone
	}()
	main()
}

// installations is the folder of all installations of the tests; what still runs at the end and names it was left behind.
var installations string

// installation is a data folder and a configuration with any number of processes.
type installation struct {
	*testing.T
	data, config string
	dsn          string // of its own Postgres; empty for the embedded one

	mu        sync.Mutex
	processes []*process
}

// serving are the processes that run.
func (i *installation) serving() (running []*process) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, p := range i.processes {
		if p.running() {
			running = append(running, p)
		}
	}
	return running
}

func (i *installation) add(p *process) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.processes = append(i.processes, p)
}

func (i *installation) remove(p *process) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.processes = slices.DeleteFunc(i.processes, func(other *process) bool { return other == p })
}

// install makes an installation. It has an embedded Postgres unless the configuration names a database, and the shared engine unless
// the test is to have its own.
func install(t *testing.T, ownEngine bool, config string) *installation {
	t.Helper()
	dir, err := os.MkdirTemp(installations, "")
	if err != nil {
		t.Fatal(err)
	}
	i := &installation{T: t, data: filepath.Join(dir, "data"), config: filepath.Join(dir, "vitrina.yaml")}
	i.must(os.Chmod(dir, 0o755))
	i.must(os.Mkdir(i.data, 0o755))
	i.must(os.WriteFile(i.config, []byte(config), 0o644))
	if !ownEngine {
		origin, _ := shared.start(t)
		i.must(os.Symlink(filepath.Join(origin, "engine"), filepath.Join(i.data, "engine")))
	}
	t.Cleanup(func() { i.stopAll(); _ = os.RemoveAll(dir) })
	return i
}

func (i *installation) must(err error) {
	i.Helper()
	if err != nil {
		i.Fatal(err)
	}
}

// deadline ends what takes too long, also when the test is over.
func (i *installation) deadline(after time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(i.Context()), after)
	i.Cleanup(cancel)
	return ctx
}

// process is one vitrina serve.
type process struct {
	cmd     *exec.Cmd
	args    []string
	address string
	log     string
	stdin   io.Closer
	ended   chan struct{}
	err     error
}

// serve starts a process and waits until it tells where it is.
func (i *installation) serve(args ...string) *process {
	i.Helper()
	p, err := i.tryServe(args...)
	if err != nil {
		i.Fatalf("%v\n%s", err, p.told())
	}
	return p
}

const startTime = 90 * time.Second

func (i *installation) tryServe(args ...string) (*process, error) {
	i.Helper()
	p := i.begin(append([]string{"serve"}, withAddress(args)...)...)
	select {
	case <-p.ended:
		return p, fmt.Errorf("vitrina serve ended: %w", p.err)
	case line := <-p.lines():
		p.address = strings.TrimPrefix(line, "Vitrina serves at ")
		i.add(p)
		return p, nil
	case <-time.After(startTime):
		p.kill()
		return p, fmt.Errorf("vitrina serve did not tell its address within %v", startTime)
	}
}

func withAddress(args []string) []string {
	if strings.Contains(strings.Join(args, " "), "--listen") {
		return args
	}
	return append(args, "--listen", "127.0.0.1:0")
}

// begin starts vitrina; what it prints is in a file of the installation.
func (i *installation) begin(args ...string) *process {
	i.Helper()
	p := &process{args: args, ended: make(chan struct{})}
	file, err := os.CreateTemp(filepath.Dir(i.config), "log-")
	i.must(err)
	defer func() { _ = file.Close() }()
	p.log = file.Name()
	p.cmd = exec.Command(os.Args[0], append(args, "--data", i.data, "--config", i.config)...)
	p.cmd.Env = append(os.Environ(), asVitrina+"=1")
	p.cmd.Stdout, p.cmd.Stderr = file, file
	p.stdin, err = p.cmd.StdinPipe()
	i.must(err)
	i.must(p.cmd.Start())
	go func() { p.err = p.cmd.Wait(); close(p.ended) }()
	return p
}

// lines sends the line with the address once it is there.
func (p *process) lines() <-chan string {
	found := make(chan string, 1)
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for range tick.C {
			for line := range strings.Lines(p.told()) {
				if strings.HasPrefix(line, "Vitrina serves at ") && strings.HasSuffix(line, "\n") {
					found <- strings.TrimSpace(line)
					return
				}
			}
			select {
			case <-p.ended:
				return
			default:
			}
		}
	}()
	return found
}

func (p *process) told() string {
	text, _ := os.ReadFile(p.log)
	return string(text)
}

func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// kill ends the process without a word.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

func (p *process) terminate() { _ = p.cmd.Process.Signal(syscall.SIGTERM) }

// again starts a process that ended with the same arguments, at the same address.
func (i *installation) again(p *process) *process {
	i.Helper()
	i.remove(p)
	args := append([]string{}, p.args[1:]...)
	for n, arg := range args {
		if arg == "127.0.0.1:0" {
			args[n] = strings.TrimPrefix(p.address, "http://")
		}
	}
	return i.serve(args...)
}

// stop lets the process come to rest.
func (i *installation) stop(p *process) {
	i.Helper()
	p.terminate()
	select {
	case <-p.ended:
	case <-time.After(60 * time.Second):
		p.kill()
		i.Errorf("vitrina serve did not end after SIGTERM:\n%.4000s", p.told())
	}
	i.remove(p)
}

func (i *installation) stopAll() {
	all := i.serving()
	for _, p := range all {
		p.terminate()
	}
	for _, p := range all {
		i.stop(p)
		if i.Failed() {
			i.Logf("%v:\n%s", p.args, last(p.told(), 6000))
		}
	}
}

func last(text string, n int) string { return text[max(0, len(text)-n):] }

// command runs another command of vitrina on the installation, in a process of its own.
func (i *installation) command(args ...string) outcome {
	i.Helper()
	cmd := exec.CommandContext(i.deadline(2*time.Minute), os.Args[0], append(args, "--data", i.data, "--config", i.config)...)
	cmd.Env = append(os.Environ(), asVitrina+"=1")
	var out, words strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &words
	stdin, err := cmd.StdinPipe()
	i.must(err)
	defer func() { _ = stdin.Close() }()
	i.must(cmd.Start())
	_ = cmd.Wait()
	return outcome{cmd.ProcessState.ExitCode(), out.String(), words.String()}
}

// staff adds people past the web, each with a token, and returns clients of theirs in the order of the names.
func (i *installation) staff(role people.Role, names ...string) []*client {
	i.Helper()
	config, err := app.LoadConfig(i.config)
	i.must(err)
	a, err := app.New(config, app.Options{DataDir: i.data})
	i.must(err)
	defer func() { _ = a.Close() }()
	kept, err := a.Kept(i.Context())
	i.must(err)
	scope := map[people.Role]people.Scope{people.Administrator: people.ScopeAdmin, people.Analyst: people.ScopeWrite, people.Member: people.ScopeRun}[role]
	clients := make([]*client, len(names))
	for n, name := range names {
		person, _, err := kept.Accounts.CreatePerson(i.Context(), people.Command(),
			accounts.NewPerson{Email: name + "@example.com", Name: name, Role: role, NoPassword: true})
		i.must(err)
		secret, _, err := kept.Accounts.CreateToken(i.Context(), people.Command(),
			accounts.NewToken{PersonID: person.ID, Name: "test", Scopes: []people.Scope{scope}})
		i.must(err)
		clients[n] = &client{installation: i, person: person.ID, email: person.Email, token: secret, http: &http.Client{}}
	}
	return clients
}

// look connects to the installation's database, past everybody.
func (i *installation) look() *pgx.Conn {
	i.Helper()
	conn, err := pgx.Connect(i.Context(), i.address())
	i.must(err)
	i.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func (i *installation) address() string {
	if i.dsn != "" {
		return i.dsn
	}
	password, err := os.ReadFile(filepath.Join(i.data, "postgres", "password"))
	i.must(err)
	query := url.Values{"host": {filepath.Join(i.data, "postgres", "cluster")}, "sslmode": {"disable"}}
	address := url.URL{Scheme: "postgres", User: url.UserPassword(embedded.Database, strings.TrimSpace(string(password))), Path: "/" + embedded.Database, RawQuery: query.Encode()}
	return address.String()
}

func count(t *testing.T, in *pgx.Conn, sql string, args ...any) (n int) {
	t.Helper()
	if err := in.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatalf("%v in %s", err, sql)
	}
	return n
}

// leftBehind are the processes that have to do with any installation.
func leftBehind() (left []string) {
	for pid, line := range processesIn(installations) {
		left = append(left, fmt.Sprintf("%d: %s", pid, line))
	}
	return left
}

// processesIn are the command lines of processes that name the folder or have a file of it open, by their ids.
func processesIn(dir string) map[int]string {
	found := map[int]string{}
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, path := range all {
		pid, err := strconv.Atoi(filepath.Base(path))
		line, readErr := os.ReadFile(filepath.Join(path, "cmdline"))
		if err != nil || readErr != nil || pid == os.Getpid() {
			continue
		}
		if strings.Contains(string(line), dir) || hasOpen(path, dir) {
			found[pid] = strings.ReplaceAll(string(line), "\x00", " ")
		}
	}
	return found
}

func hasOpen(process, dir string) bool {
	open, _ := filepath.Glob(filepath.Join(process, "fd", "*"))
	for _, path := range open {
		if target, err := os.Readlink(path); err == nil && strings.HasPrefix(target, dir) {
			return true
		}
	}
	return false
}

// awaitLong is await for what may take minutes.
func awaitLong(i *installation, what string, holds func() bool) {
	i.Helper()
	for ctx := i.deadline(4 * time.Minute); !holds(); {
		if !tried(ctx, 50*time.Millisecond) {
			i.Fatalf("waited too long for %s", what)
		}
	}
}
