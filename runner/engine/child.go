package engine

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// order is what the parent tells the child, over its stdin, since arguments and environment can be seen by others.
type order struct {
	Dir       string   `json:"dir"`
	Library   string   `json:"library"`
	MaxMemory int64    `json:"max_memory"`
	Queries   int      `json:"queries"`
	Endpoint  Endpoint `json:"endpoint"`
}

// report is what the child answers, one line on its stdout: ready when Error is empty.
type report struct {
	Error string `json:"error"`
}

const (
	user     = "default"
	database = "default"
	logName  = "engine.log"
	// startTime is how long the engine may take to open its folder.
	startTime = 2 * time.Minute
)

// spawn starts a child and waits until it is ready. The child does not end with ctx, but with its last lease.
func (o Options) spawn(ctx context.Context, wanted Endpoint) error {
	log, err := o.openLog()
	if err != nil {
		return err
	}
	defer log.Close()
	work := order{Dir: o.Dir, Library: o.Library, MaxMemory: o.MaxMemory, Queries: o.Queries, Endpoint: wanted}
	if work.Endpoint.Password == "" {
		work.Endpoint = Endpoint{Addr: "127.0.0.1:0", User: user, Password: newPassword(), Database: database}
	}
	input, err := json.Marshal(work)
	if err != nil {
		return err
	}
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = log
	cmd.Env = childEnv()
	// A session of its own: Ctrl-C in the terminal is for the parent, which has queries to stop and files to clean up.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("the embedded engine cannot be started: %w", err)
	}
	err = o.awaitReady(ctx, output)
	if err != nil {
		_ = cmd.Process.Kill()
	}
	go func() { _ = cmd.Wait() }()
	return err
}

// openLog begins a log and keeps the one before it, which says why an engine crashed.
func (o Options) openLog() (*os.File, error) {
	path := filepath.Join(o.Dir, logName)
	if err := os.Rename(path, path+".1"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the log of the embedded engine cannot be put aside: %w", err)
	}
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
}

func (o Options) awaitReady(ctx context.Context, output io.Reader) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	answer := make(chan error, 1)
	go func() { answer <- o.readReport(output) }()
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return fmt.Errorf("the embedded engine of %s did not get ready: %w", o.Dir, ctx.Err())
	}
}

func (o Options) readReport(output io.Reader) error {
	line, err := bufio.NewReader(output).ReadBytes('\n')
	var r report
	if err == nil {
		err = json.Unmarshal(line, &r)
	}
	if err != nil {
		return fmt.Errorf("the embedded engine ended while it started; %s may say why", filepath.Join(o.Dir, logName))
	}
	if r.Error != "" {
		return errors.New("the embedded engine does not start: " + r.Error)
	}
	return nil
}

// childEnv leaves the parent's secrets (DATABASE_URL, tokens, …) out of the child, where a query might come to see them.
func childEnv() []string {
	var env []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "XDG_RUNTIME_DIR", "TZ", "LANG", "LD_LIBRARY_PATH", "GOCOVERDIR", confinedMark} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

func newPassword() string {
	var random [24]byte
	rand.Read(random[:])
	return hex.EncodeToString(random[:])
}
