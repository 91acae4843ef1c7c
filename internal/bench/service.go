package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/templates"
)

// quick is a query of about a millisecond.
const quick = "SELECT count() AS n, max(number) AS most FROM numbers(300000)"

const quickReport = "---\ntitle: Quick\nform:\n  - {name: n, type: input, kind: integer, default: 1}\n---\n```sql quick\n" + quick + "\n```\n"

// service measures from the click to the end of the run, with both of its files, beside a handler that only runs the query.
func (b *bencher) service() error {
	s, err := b.serve()
	if err != nil {
		return err
	}
	defer s.stop()
	tokens, err := s.prepare(*people)
	if err != nil {
		return err
	}
	bare, err := b.bareHandler()
	if err != nil {
		return err
	}
	defer bare.Close()
	ask := func(int) error { return get(bare.URL, "", io.Discard) }
	for _, crowd := range []int{1, *people} {
		click := func(person int) error { return s.click(tokens[person]) }
		if err := repeat(crowd, 2, click); err != nil { // to warm up
			return err
		}
		alone, aloneRate, err := crowdOf(crowd, *clicks, ask)
		if err != nil {
			return err
		}
		whole, rate, err := crowdOf(crowd, *clicks, click)
		if err != nil {
			return err
		}
		fmt.Printf("Click to result, %d at once, %d runs each\n", crowd, *clicks)
		fmt.Printf("  %-12s median %7.1f ms   95th %7.1f ms   %7.1f a second\n", "vitrina", at(whole, .5), at(whole, .95), rate)
		fmt.Printf("  %-12s median %7.1f ms   95th %7.1f ms   %7.1f a second\n", "bare handler", at(alone, .5), at(alone, .95), aloneRate)
		fmt.Printf("  over it      median %7.1f ms   95th %7.1f ms\n\n", at(whole, .5)-at(alone, .5), at(whole, .95)-at(alone, .95))
	}
	return s.memory()
}

// crowdOf lets so many people do something so many times each; the times are sorted.
func crowdOf(crowd, times int, do func(person int) error) (took []time.Duration, perSecond float64, err error) {
	var mu sync.Mutex
	started := time.Now()
	err = repeat(crowd, times, func(person int) error {
		began := time.Now()
		err := do(person)
		mu.Lock()
		defer mu.Unlock()
		took = append(took, time.Since(began))
		return err
	})
	slices.Sort(took)
	return took, float64(len(took)) / time.Since(started).Seconds(), err
}

func repeat(crowd, times int, do func(person int) error) error {
	errs := make(chan error, crowd)
	for person := range crowd {
		go func() {
			var err error
			for range times {
				if err = do(person); err != nil {
					break
				}
			}
			errs <- err
		}()
	}
	var first error
	for range crowd {
		if err := <-errs; first == nil {
			first = err
		}
	}
	return first
}

// at is a quantile in milliseconds.
func at(sorted []time.Duration, quantile float64) float64 {
	return float64(sorted[min(int(float64(len(sorted))*quantile), len(sorted)-1)].Microseconds()) / 1000
}

// bareHandler runs the query through the same driver on the same engine and passes its rows on.
func (b *bencher) bareHandler() (*httptest.Server, error) {
	src, err := clickhouse.Open(context.Background(), clickhouse.Options{
		Name: "warehouse", Addr: b.endpoint.Addr, Database: "default", MaxRuns: 16,
		Endpoint: func(context.Context) (clickhouse.Endpoint, error) {
			return clickhouse.Endpoint{Addr: b.endpoint.Addr, User: b.endpoint.User, Password: b.endpoint.Password}, nil
		},
	})
	if err != nil {
		return nil, err
	}
	query := source.Query{Statement: templates.Statement{Parts: []templates.Part{{Text: quick}}}}
	turns := make(chan struct{}, 16)
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		turns <- struct{}{}
		defer func() { <-turns }()
		rows, err := src.Query(r.Context(), query)
		if err == nil {
			_, err = io.Copy(w, rows)
			_ = rows.Close()
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})), nil
}

// served is a service that runs.
type served struct {
	*bencher
	cmd               *exec.Cmd
	address, password string
}

var announced = regexp.MustCompile(`serves at (\S+)\nSign in as \S+ with the password (\S+)`)

func (b *bencher) serve() (*served, error) {
	s := &served{bencher: b, cmd: exec.Command(b.program, "serve", "--data", filepath.Join(b.dir, "data"), "--listen", "127.0.0.1:0")}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	var words strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		fmt.Fprintln(&words, lines.Text())
		if found := announced.FindStringSubmatch(words.String()); found != nil {
			s.address, s.password = found[1], found[2]
			return s, nil
		}
	}
	return nil, fmt.Errorf("the service did not start: %s", words.String())
}

func (s *served) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

// prepare makes the report and so many people with a token each.
func (s *served) prepare(count int) (tokens []string, err error) {
	for i := range count {
		email := fmt.Sprintf("person%d@example.com", i)
		role := "analyst"
		if _, err := s.command("user", "add", email, "--role", role, "--no-password"); err != nil {
			return nil, err
		}
		token, err := s.command("token", "create", email, "--name", "bench", "--scope", "write")
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, strings.TrimSpace(token))
	}
	admin, err := s.command("token", "create", "admin@localhost", "--name", "bench", "--scope", "admin")
	if err != nil {
		return nil, err
	}
	admin = strings.TrimSpace(admin)
	if err := s.post("/api/v1/reports", admin, map[string]any{"document": quickReport, "slug": "quick"}, nil); err != nil {
		return nil, err
	}
	return tokens, s.post("/api/v1/folder-grants", admin, map[string]any{"folder": "", "level": "run"}, nil)
}

func (s *served) command(args ...string) (string, error) {
	cmd := exec.Command(s.program, append(args, "--data", filepath.Join(s.dir, "data"))...)
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%v: %w: %s", args, err, words.String())
	}
	return string(out), nil
}

// click runs the report and waits until its files are there, as a page does.
func (s *served) click(token string) error {
	var run struct{ ID string }
	if err := s.post("/api/v1/reports/quick/runs", token, map[string]any{"values": map[string]any{"n": 1}}, &run); err != nil {
		return err
	}
	var events bytes.Buffer
	if err := get(s.address+"/api/v1/runs/"+run.ID+"/events", token, &events); err != nil {
		return err
	}
	if !strings.Contains(events.String(), `"status":"succeeded"`) {
		return fmt.Errorf("the run %s did not succeed: %s", run.ID, events.String())
	}
	return nil
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

func (s *served) post(path, token string, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, s.address+path, bytes.NewReader(data))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	var answer bytes.Buffer
	if err := send(request, token, &answer); err != nil || into == nil {
		return err
	}
	return json.Unmarshal(answer.Bytes(), into)
}

func get(url, token string, into io.Writer) error {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return send(request, token, into)
}

func send(request *http.Request, token string, into io.Writer) error {
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode >= http.StatusBadRequest {
		words, _ := io.ReadAll(answer.Body)
		return fmt.Errorf("%s %s: %s: %s", request.Method, request.URL.Path, answer.Status, words)
	}
	_, err = io.Copy(into, answer.Body)
	return err
}

// memory prints the service's peak.
func (s *served) memory() error {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(status)) {
		if peak, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			fmt.Printf("Peak memory of the service: %s\n", strings.TrimSpace(peak))
		}
	}
	return nil
}
