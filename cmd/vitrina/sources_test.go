package main

import (
	"context"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

// onEngine is a configuration whose warehouse is the shared engine, spoken to as any other ClickHouse.
func onEngine(t *testing.T, parameters, limits string) string {
	t.Helper()
	_, e := shared.start(t)
	endpoint, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "vitrina.yaml", "sources: {warehouse: {driver: clickhouse, dsn: \""+endpoint.DSN()+parameters+"\", limits: {"+limits+"}}}")
}

// A user with readonly=1 may not send the settings of a format: its files are made from the rows.
func TestFilesForAUserThatMayNotSet(t *testing.T) {
	t.Parallel()
	config := onEngine(t, "?readonly=1", "")
	for _, format := range []string{"csv", "json", "parquet", "xlsx"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			run := record(t, report(t, "exports: [{cells: [c], format: "+format+"}]", cell("c", "SELECT number, 'a;b' AS x FROM numbers(3)")), "--config", config)
			if rows, known := rowsOf(t, artifactOf(t, run, format)); rows != 3 || !known {
				t.Errorf("%d rows", rows)
			}
		})
	}
	if got := must(t, "sql", "SELECT 1 AS one", "--format", "CSV", "--config", config); strings.TrimSpace(got) != "1" {
		t.Errorf("got %q", got)
	}
}

// limits.runs bounds the queries of one source, and of no other.
func TestRunsAtOnce(t *testing.T) {
	t.Parallel()
	config, err := app.LoadConfig(onEngine(t, "", "runs: 2"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(config, app.Options{DataDir: dataDir(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	query := func(ctx context.Context, name string) error {
		src, _, err := a.Source(t.Context(), name)
		if err != nil {
			return err
		}
		stream, err := src.Query(ctx, source.Query{Statement: templates.Statement{Parts: []templates.Part{{Text: "SELECT number FROM numbers(100000000)"}}}})
		if err == nil {
			t.Cleanup(func() { _ = stream.Close() })
		}
		return err
	}
	for _, name := range []string{"warehouse", "warehouse", "workbench"} {
		if err := query(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := query(ctx, "warehouse"); fault.CodeOf(err) != fault.Cancelled || !strings.Contains(err.Error(), "turn") {
		t.Errorf("a third at once: %v", err)
	}
}

// A check knows the configured sources and their dialects, without asking any, and without their secrets.
func TestCheckReadsTheConfiguration(t *testing.T) {
	t.Parallel()
	billing := `billing: {driver: postgres, dsn: "postgres://reader:${PASSWORD_NOT_SET_HERE}@127.0.0.1:1/x"}`
	file := report(t, "form: [{name: q, label: Q, type: input}]",
		"```sql a source=billing\nSELECT $$ {{ .q }} $$\n```\n```sql b source=biling\nSELECT 1\n```\n")
	for name, c := range map[string]struct {
		config string
		want   []string
	}{
		"some sources": {"sources: {" + billing + "}", []string{":6:11: "}},
		"all sources":  {"sources: {" + billing + `, warehouse: {driver: clickhouse, dsn: "http://127.0.0.1:1/"}}`, []string{":6:11: ", `:8:17: there is no source "biling"; did you mean "billing"?`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := vitrina(t, "check", file, "--config", write(t, "vitrina.yaml", c.config))
			if got.code != exitWrong || strings.Count(got.out, "\n") != len(c.want) {
				t.Fatalf("%+v", got)
			}
			for _, want := range c.want {
				if !strings.Contains(got.out, want) {
					t.Errorf("%q is missing in %s", want, got.out)
				}
			}
		})
	}
	if got := vitrina(t, "check", file, "--config", write(t, "vitrina.yaml", "sorces: {}")); got.code != exitWrong || !strings.Contains(got.err, "sorces") {
		t.Errorf("a wrong configuration: %+v", got)
	}
}

// An engine that crashed may come back at another port; a source that was open goes on there.
func TestASourceFollowsTheRestartedEngine(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	e, err := engine.Start(t.Context(), engine.Options{Dir: filepath.Join(data, "engine")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	a, err := app.New(app.Config{}, app.Options{DataDir: data})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	src, _, err := a.Source(t.Context(), runner.Workbench)
	if err != nil {
		t.Fatal(err)
	}
	before, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	status := filepath.Join(data, "engine", "store", "status") // of who has the folder
	killed := string(read(t, status))
	if err := syscall.Kill(engineOf(t, data), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	takeAddress(t, before.Addr, func() bool { return string(read(t, status)) != killed })
	await(t, "the source to answer again", func() bool { return src.Ping(t.Context()) == nil })
}

// takeAddress listens there as soon as nobody else does, and hangs up on who calls. It gives up when it is late.
func takeAddress(t *testing.T, address string, late func() bool) {
	t.Helper()
	var listener net.Listener
	await(t, "the address to be free", func() bool {
		found, err := net.Listen("tcp4", address)
		if err == nil {
			listener = found
		}
		return err == nil || late()
	})
	if listener == nil {
		return
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_ = conn.Close()
		}
	}()
}
