package embedded

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	postmasterNote = "postmaster.pid"
	socketNote     = socketName + ".lock"
	// strayTime is how long processes of a server that has lost its keeper may take to end by themselves.
	strayTime = time.Second
	// killTime is how long the kernel may take to end them.
	killTime = 10 * time.Second
)

// endStrays makes sure that nothing of an earlier server is left. Whoever holds the lock of the folder may call it: a server that runs
// has lost its keeper and is ending; processes whose postmaster was killed may not have noticed, and Postgres would not start beside them.
func endStrays(ctx context.Context, cluster string) error {
	began := time.Now()
	for {
		pids, err := processesOf(cluster)
		if err != nil {
			return fault.Disk(cluster, err)
		}
		if len(pids) == 0 {
			return forgetPostmaster(cluster)
		}
		note := readPostmaster(cluster)
		if slices.Contains(pids, note.pid) && note.socket != "" && note.socket != ownSocket {
			return fault.New(fault.Unavailable, "The Postgres in %s is in use by process %d, which Vitrina did not start: stop that process first.",
				cluster, note.pid)
		}
		end(pids, time.Since(began))
		if time.Since(began) > strayTime+killTime {
			return fault.New(fault.Unavailable, "The Postgres in %s is in use by process %d, which does not end: stop that process first.", cluster, pids[0])
		}
		if !wait(ctx, askEvery) {
			return fault.New(fault.Cancelled, "The embedded Postgres of %s was not started: %w", cluster, ctx.Err())
		}
	}
}

func end(pids []int, waited time.Duration) {
	signal := syscall.SIGQUIT
	if waited > strayTime {
		signal = syscall.SIGKILL
	}
	for _, pid := range pids {
		_ = syscall.Kill(pid, signal)
	}
}

// forgetPostmaster removes the notes of a server that runs no more when another process has its number now: Postgres would take that
// process for the server.
func forgetPostmaster(cluster string) error {
	note := readPostmaster(cluster)
	if note.pid == 0 || syscall.Kill(note.pid, 0) == syscall.ESRCH {
		return nil
	}
	root, err := os.OpenRoot(cluster)
	if err != nil {
		return fault.Disk(cluster, err)
	}
	defer root.Close()
	for _, name := range []string{postmasterNote, socketNote} {
		if err := root.Remove(name); err != nil && !os.IsNotExist(err) {
			return fault.Disk(cluster, err)
		}
	}
	return nil
}

// postmaster is what a server notes of itself in its cluster. The socket is empty while it is not there yet.
type postmaster struct {
	pid    int
	socket string
}

// readPostmaster is zero when there is no note. It reads within the cluster only, whose owner may not be trusted by root.
func readPostmaster(cluster string) postmaster {
	root, err := os.OpenRoot(cluster)
	if err != nil {
		return postmaster{}
	}
	defer root.Close()
	text, err := root.ReadFile(postmasterNote)
	if err != nil {
		return postmaster{}
	}
	lines := strings.Split(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil {
		return postmaster{}
	}
	note := postmaster{pid: max(pid, -pid)} // negative in the single-user mode
	if len(lines) > 4 {
		note.socket = lines[4]
	}
	return note
}
