// Command bench measures Vitrina beside the tools it is compared with, in turn and in one run, and prints medians and ratios:
// a CSV file through Vitrina beside curl of the same query on the same engine, a workbook beside excelize's stream writer, and a click
// in the service beside a handler that only runs the query.
// It runs whole processes: time is wall time, memory the peak of the process.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/runner/engine"
)

var (
	runs    = flag.Int("runs", 5, "counted runs of each command, after one to warm up")
	csvRows = flag.Int("csv-rows", 3_000_000, "rows of the CSV file")
	xlsx    = flag.Int("xlsx-rows", 1_000_000, "rows of the workbook")
	binary  = flag.String("vitrina", "bin/vitrina", "the program to measure")
	clicks  = flag.Int("clicks", 20, "runs of each person who clicks")
	people  = flag.Int("people", 100, "people who click at once")
	only    = flag.String("only", "", "measure this alone: csv, xlsx or service")
	alone   = flag.Int("excelize", 0, "write so many rows with excelize's stream writer and end (used by bench itself)")
	output  = flag.String("o", "", "where -excelize writes")
)

func main() {
	flag.Parse()
	if err := bench(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func bench() error {
	if *alone > 0 {
		return writeExcelize(*output, *alone)
	}
	dir, err := os.MkdirTemp("", "vitrina-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program, err := filepath.Abs(*binary)
	if err != nil {
		return err
	}
	// Holding a lease keeps one engine for everything that is measured.
	started, err := engine.Start(context.Background(), engine.Options{
		Dir: filepath.Join(dir, "data", "engine"), Command: []string{program, "engine"},
		Library: filepath.Join(filepath.Dir(program), "lib", "libchdb.so"),
	})
	if err != nil {
		return err
	}
	defer func() { _ = started.Close() }()
	endpoint, err := started.Endpoint(context.Background())
	if err != nil {
		return err
	}
	b := &bencher{program: program, dir: dir, endpoint: endpoint}
	fmt.Printf("%d runs of each, in turn; median wall seconds, peak memory of the process\n\n", *runs)
	for _, part := range []struct {
		name string
		do   func() error
	}{{"csv", b.csv}, {"xlsx", b.xlsx}, {"service", b.service}} {
		if *only != "" && *only != part.name {
			continue
		}
		if err := part.do(); err != nil {
			return err
		}
	}
	return nil
}

type bencher struct {
	program, dir string
	endpoint     engine.Endpoint
}

// query makes rows of the width of a cards export: ids, text, money, moments.
func query(rows int) string {
	return fmt.Sprintf(`SELECT number AS id, toString(1000000000000 + sipHash64(number) %% 1000000000000) AS card,
  concat('customer ', toString(number %% 100003)) AS customer, toDecimal64(number %% 100000, 2) / 100 AS amount,
  toDate('2025-01-01') + number %% 365 AS day, toDateTime('2025-01-01 00:00:00', 'UTC') + number %% 31536000 AS at
FROM numbers(%d)`, rows)
}

func (b *bencher) csv() error {
	report, err := b.report("csv", *csvRows, "csv")
	if err != nil {
		return err
	}
	config := filepath.Join(b.dir, "curl")
	text := fmt.Sprintf("user = %q\nurl = \"http://%s/?default_format=CSVWithNames\"\ndata-binary = \"@%s\"\noutput = %q\nsilent\nfail\n",
		b.endpoint.User+":"+b.endpoint.Password, b.endpoint.Addr, filepath.Join(b.dir, "csv.sql"), filepath.Join(b.dir, "curl.csv"))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return err
	}
	return compare(fmt.Sprintf("CSV, %d rows x 6 columns", *csvRows),
		b.vitrina(report), contender{"curl", []string{"curl", "-K", config}, []string{filepath.Join(b.dir, "curl.csv")}})
}

func (b *bencher) xlsx() error {
	report, err := b.report("xlsx", *xlsx, "xlsx")
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	file := filepath.Join(b.dir, "excelize.xlsx")
	return compare(fmt.Sprintf("XLSX, %d rows x 6 columns", *xlsx), b.vitrina(report),
		contender{"excelize", []string{self, "-excelize", fmt.Sprint(*xlsx), "-o", file}, []string{file}})
}

// report writes a report of the query, and the query alone for curl.
func (b *bencher) report(name string, rows int, format string) (string, error) {
	sql := query(rows)
	if err := os.WriteFile(filepath.Join(b.dir, name+".sql"), []byte(sql), 0o600); err != nil {
		return "", err
	}
	path := filepath.Join(b.dir, name+".md")
	text := fmt.Sprintf("---\ntitle: bench\nexports: [{cells: [rows], format: %s, filename: bench}]\n---\n```sql rows\n%s\n```\n", format, sql)
	return path, os.WriteFile(path, []byte(text), 0o600)
}

func (b *bencher) vitrina(report string) contender {
	out := filepath.Join(b.dir, "out")
	return contender{"vitrina", []string{b.program, "run", report, "--data", filepath.Join(b.dir, "data"), "--out", out}, []string{out}}
}

// contender is a command, and what it leaves behind.
type contender struct {
	name   string
	argv   []string
	leaves []string
}

type measured struct {
	seconds, megabytes float64
}

func compare(title string, a, b contender) error {
	results := map[string][]measured{}
	for i := range *runs + 1 {
		for _, c := range []contender{a, b} {
			m, err := c.run()
			if err != nil {
				return err
			}
			if i > 0 {
				results[c.name] = append(results[c.name], m)
			}
		}
	}
	fmt.Println(title)
	for _, c := range []contender{a, b} {
		seconds, memory := medians(results[c.name])
		fmt.Printf("  %-10s %7.2f s %8.0f MB\n", c.name, seconds, memory)
	}
	var ratios []float64
	for i := range results[a.name] {
		ratios = append(ratios, results[a.name][i].seconds/results[b.name][i].seconds)
	}
	slices.Sort(ratios)
	fmt.Printf("  %s / %s: %.2f (%.2f to %.2f)\n\n", a.name, b.name, ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])
	return nil
}

func (c contender) run() (measured, error) {
	cmd := exec.Command(c.argv[0], c.argv[1:]...)
	var words strings.Builder
	cmd.Stderr = &words
	started := time.Now()
	if err := cmd.Run(); err != nil {
		return measured{}, fmt.Errorf("%s: %w: %s", c.name, err, words.String())
	}
	m := measured{seconds: time.Since(started).Seconds()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		m.megabytes = float64(usage.Maxrss) / 1024
	}
	for _, path := range c.leaves {
		if err := os.RemoveAll(path); err != nil {
			return m, err
		}
	}
	return m, nil
}

func medians(all []measured) (seconds, megabytes float64) {
	var s, m []float64
	for _, one := range all {
		s, m = append(s, one.seconds), append(m, one.megabytes)
	}
	slices.Sort(s)
	slices.Sort(m)
	return s[len(s)/2], m[len(m)/2]
}
