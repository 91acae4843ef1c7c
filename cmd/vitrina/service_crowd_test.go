package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
)

const (
	crowd = 200
	// crowdMemory is what the process may take at most, in bytes, beside the engine and Postgres.
	crowdMemory = 400 << 20
)

func TestTwoHundredPeopleRunReportsAtOnce(t *testing.T) {
	i := install(t, false, "runs: {parallel: 8}\n")
	p := i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	report := admin.numbers("Numbers")
	members := i.staff(people.Member, names("member", crowd)...)

	var wait sync.WaitGroup
	took, errs := make([]time.Duration, crowd), make([]error, crowd)
	begin := time.Now()
	for n, member := range members {
		wait.Go(func() {
			took[n], errs[n] = member.clicks(i.deadline(2*time.Minute), report, 500+n)
		})
	}
	wait.Wait()
	for n, err := range errs {
		if err != nil {
			t.Errorf("person %d: %v", n, err)
		}
	}
	slices.Sort(took)
	peak := peakMemory(t, p.cmd.Process.Pid)
	t.Logf("%d people in %.1f s; from click to file: median %.2f s, 95th percentile %.2f s, longest %.2f s; peak memory %d MiB",
		crowd, time.Since(begin).Seconds(), took[crowd/2].Seconds(), took[crowd*95/100].Seconds(), took[crowd-1].Seconds(), peak>>20)
	if peak > crowdMemory {
		t.Errorf("the process took %d MiB, more than %d", peak>>20, crowdMemory>>20)
	}
	if got := count(t, i.look(), `SELECT count(*) FROM runs WHERE status = 'succeeded' AND attempt = 1`); got != crowd {
		t.Errorf("%d runs of %d succeeded at the first attempt", got, crowd)
	}
	if strings.Contains(p.told(), `"level":"ERROR"`) {
		t.Errorf("errors in the log:\n%s", last(p.told(), 3000))
	}
}

func names(prefix string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("%s%d", prefix, i)
	}
	return all
}

// clicks runs a report, looks on until it is done, and opens the file: each request once.
func (c *client) clicks(ctx context.Context, report string, rows int) (time.Duration, error) {
	begin := time.Now()
	if _, err := c.want(ctx, http.StatusOK, http.MethodPost, "/reports/"+report+"/form", map[string]any{"values": map[string]any{"rows": rows}}); err != nil {
		return 0, fmt.Errorf("form: %w", err)
	}
	run, err := c.ordered(ctx, report, map[string]any{"rows": rows}, "")
	if err != nil {
		return 0, err
	}
	end, _, err := c.follow(ctx, run.ID, "", nil)
	if err != nil {
		return 0, fmt.Errorf("events: %w", err)
	}
	if end.Status != "succeeded" {
		return 0, fmt.Errorf("it ended as %q: %s", end.Status, end.Error)
	}
	return time.Since(begin), c.checkFile(ctx, end, rows)
}

// peakMemory is the most that a process has taken, in bytes.
func peakMemory(t *testing.T, pid int) int64 {
	t.Helper()
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatalf("the memory of a process cannot be read here: %v", err)
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kilobytes << 10
		}
	}
	t.Fatal("no VmHWM")
	return 0
}
