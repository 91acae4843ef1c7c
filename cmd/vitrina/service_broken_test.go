package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
)

// A disk that fills up ends the run that filled it, with a sentence; smaller runs go on.
func TestAFullDiskEndsTheRunThatFilledIt(t *testing.T) {
	dir, err := os.MkdirTemp(installations, "disk-")
	if err != nil {
		t.Fatal(err)
	}
	if words, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m,mode=0755", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v %s", err, words)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	i := install(t, false, "artifacts: {store: \"file://"+filepath.Join(dir, "files")+"\"}\n")
	p := i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	report := admin.numbers("Numbers")
	small := admin.ended(admin.order(report, map[string]any{"rows": 100}).ID)
	i.must(admin.checkFile(t.Context(), small, 100))

	large := admin.ended(admin.order(report, map[string]any{"rows": 300000}).ID)
	if large.Status != "failed" || !strings.Contains(large.Error, "full") || len(large.Files) != 0 {
		t.Errorf("%+v", large)
	}
	t.Logf("the run says: %s (%s)", large.Error, large.ErrorCode)
	member := i.staff(people.Member, "member")[0]
	if theirs := member.ended(member.order(report, map[string]any{"rows": 300000}).ID); theirs.Status != "failed" || theirs.Error == "" || strings.Contains(theirs.Error, dir) {
		t.Errorf("a member is told: %s", theirs.Error)
	}
	again := admin.ended(admin.order(report, map[string]any{"rows": 200}).ID)
	if again.Status != "succeeded" {
		t.Fatalf("%+v", again)
	}
	i.must(admin.checkFile(t.Context(), again, 200))
	i.must(admin.checkFile(t.Context(), admin.run(small.ID), 100))

	// Full to the last byte: even small runs fail, and the service goes on.
	filler := filepath.Join(dir, "filler")
	_ = os.WriteFile(filler, make([]byte, 2<<20), 0o644)
	none := admin.ended(admin.order(report, map[string]any{"rows": 2000}).ID)
	if none.Status != "failed" || !strings.Contains(none.Error, "full") {
		t.Errorf("%+v", none)
	}
	admin.do(http.MethodGet, "/reports", nil, http.StatusOK, nil)
	if got, err := admin.ask(t.Context(), http.MethodGet, p.address+"/readyz", nil); err != nil || got.status != http.StatusServiceUnavailable || !strings.Contains(string(got.body), "full") {
		t.Errorf("readyz: %d %s, %v", got.status, got.body, err)
	}
	i.must(os.Remove(filler))
	end := admin.ended(admin.order(report, map[string]any{"rows": 50}).ID)
	i.must(admin.checkFile(t.Context(), end, 50))
}

// silent takes connections and says nothing.
func silent(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
		}
	}()
	return listener.Addr().String()
}

func TestASourceThatDoesNotAnswerFailsItsOwnRunsAlone(t *testing.T) {
	const password = "geheim-am-draht"
	i := install(t, false, fmt.Sprintf(`
runs: {parallel: 3}
sources:
  silent: {driver: clickhouse, dsn: "http://reader:%[1]s@%[2]s/shop", limits: {time: 3s, runs: 2}}
  refused: {driver: clickhouse, dsn: "http://reader:%[1]s@127.0.0.1:1/shop"}
  warehouse: {driver: embedded}
`, password, silent(t)))
	p := i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	query := "```sql c source=%s\nSELECT 1 AS n\n```\n"
	mute := admin.publish("Mute", "", fmt.Sprintf(query, "silent"))
	refused := admin.publish("Refused", "", fmt.Sprintf(query, "refused"))
	numbers := admin.numbers("Numbers")

	var hanging []string
	for range 2 {
		hanging = append(hanging, admin.order(mute, map[string]any{}).ID)
	}
	shut := admin.order(refused, map[string]any{}).ID
	// While those hang, others do their work.
	begin := time.Now()
	for range 5 {
		i.must(admin.checkFile(t.Context(), admin.ended(admin.order(numbers, map[string]any{"rows": 20}).ID), 20))
	}
	others := time.Since(begin)
	admin.saysOf("silent", "answer", password) // takes as long as those runs
	admin.saysOf("refused", "refused", password)
	for _, id := range append(hanging, shut) {
		run := admin.ended(id)
		if run.Status != "failed" || run.ErrorCode != "unavailable" && run.ErrorCode != "limit" || strings.Contains(run.Error, password) {
			t.Errorf("%s: %s %s %s", run.Report, run.Status, run.ErrorCode, run.Error)
		}
		t.Logf("%s: %s (%s) after %.1f s", run.Report, run.Error, run.ErrorCode, run.Finished.Sub(run.Started).Seconds())
	}
	t.Logf("five runs of another source took %.1f s meanwhile", others.Seconds())
	if got, err := admin.ask(t.Context(), http.MethodGet, p.address+"/readyz", nil); err != nil || got.status != http.StatusOK {
		t.Errorf("readyz: %d %s, %v", got.status, got.body, err)
	}
	if strings.Contains(p.told(), password) {
		t.Error("the log has the password of a source")
	}
}

// saysOf tests a source that does not answer.
func (c *client) saysOf(source, word, password string) {
	c.Helper()
	var tested struct {
		OK      bool
		Message string
	}
	c.do(http.MethodPost, "/sources/"+source+"/test", nil, http.StatusOK, &tested)
	if tested.OK || !strings.Contains(tested.Message, word) || strings.Contains(tested.Message, password) {
		c.Errorf("%s says %+v", source, tested)
	}
}

// What a process says that cannot start with its database, and that it ends.
func TestADatabaseThatIsNotRightAtTheStart(t *testing.T) {
	t.Parallel()
	const password = "geheim-am-draht"
	for name, c := range map[string]struct {
		dsn  string
		want string
	}{
		"refused":          {"postgres://vitrina:" + password + "@127.0.0.1:1/vitrina", "refused"},
		"no such host":     {"postgres://vitrina:" + password + "@nowhere.invalid/vitrina", "no host of that name"},
		"no address":       {"postgres://vitrina:" + password + "@[::1", "database:"},
		"no such database": {otherDatabase(pgtest.DSN(t)), "does not exist"},
		"newer":            {newer(t), "newer version"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := install(t, true, "database: \""+c.dsn+"\"\n")
			begin := time.Now()
			p := i.begin("serve", "--listen", "127.0.0.1:0")
			select {
			case <-p.ended:
			case <-time.After(startTime):
				p.kill()
			}
			told := p.told()
			sentence := told[strings.LastIndex(strings.TrimSpace(told), "\n")+1:]
			t.Logf("after %.0f s: %s", time.Since(begin).Seconds(), strings.TrimSpace(sentence))
			if code := p.cmd.ProcessState.ExitCode(); code != exitFailed && code != exitWrong {
				t.Errorf("it ended with %d", code)
			}
			if !strings.Contains(sentence, c.want) || strings.Contains(told, password) || strings.Contains(told, "goroutine ") {
				t.Errorf("it says:\n%s", last(told, 2000))
			}
		})
	}
}

func otherDatabase(dsn string) string {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return dsn
	}
	return strings.Replace(dsn, "/"+config.Database, "/nothing_here", 1)
}

// newer is a database that a later version of the program has migrated.
func newer(t *testing.T) string {
	t.Helper()
	dsn := pgtest.DSN(t)
	config := write(t, "vitrina.yaml", "database: \""+dsn+"\"")
	if got := vitrinaWith(t.Context(), nil, "migrate", "--config", config, "--data", t.TempDir()); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`); err != nil {
		t.Fatal(err)
	}
	return dsn
}
