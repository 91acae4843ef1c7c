package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// client is a person who uses the API. It may be used by many goroutines.
type client struct {
	*installation
	person, email, token string
	cookie               string
	http                 *http.Client
	at                   string // address of the process it asks; any of them when empty
	// patient is one who asks again while the service says that it cannot answer just now; all others take that for a failure.
	patient bool
}

// answered is what the service answered.
type answered struct {
	status int
	header http.Header
	body   []byte
}

// served is a run as the API tells it.
type served struct {
	ID        string      `json:"id"`
	Person    string      `json:"person"`
	Report    string      `json:"report"`
	Status    string      `json:"status"`
	Error     string      `json:"error"`
	ErrorCode string      `json:"error_code"`
	Attempt   int         `json:"attempt"`
	Queued    time.Time   `json:"queued"`
	Started   time.Time   `json:"started"`
	Finished  time.Time   `json:"finished"`
	Files     []servedOne `json:"artifacts"`
}

type servedOne struct {
	ID, Name, URL, SHA256 string
	Rows, Bytes           int64
}

func (r served) final() bool { return r.Status != "" && r.Status != "queued" && r.Status != "running" }

// base is the address of a process that runs, another one each time.
func (c *client) base() string {
	if c.at != "" {
		return c.at
	}
	if running := c.serving(); len(running) > 0 {
		return running[rand.IntN(len(running))].address
	}
	return "http://127.0.0.1:1"
}

// ask sends a request once. The path begins behind /api/v1, or is an address.
func (c *client) ask(ctx context.Context, method, path string, body any, header ...string) (answered, error) {
	var content io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return answered{}, err
		}
		content = strings.NewReader(string(data))
	}
	request, err := http.NewRequestWithContext(ctx, method, c.full(path), content)
	if err != nil {
		return answered{}, err
	}
	c.sign(request)
	for n := 0; n+1 < len(header); n += 2 {
		request.Header.Set(header[n], header[n+1])
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answered{}, err
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	return answered{response.StatusCode, response.Header, data}, err
}

func (c *client) full(path string) string {
	switch {
	case strings.HasPrefix(path, "http"):
		return path
	case strings.HasPrefix(path, "/d/"):
		return c.base() + path
	}
	return c.base() + "/api/v1" + path
}

func (c *client) sign(request *http.Request) {
	request.Header.Set("Content-Type", "application/json")
	switch {
	case c.token != "":
		request.Header.Set("Authorization", "Bearer "+c.token)
	case c.cookie != "":
		request.Header.Set("Cookie", c.cookie)
		request.Header.Set("Origin", c.base())
	}
}

// want is ask for a request that is to be answered with the status; a [refusal] otherwise.
func (c *client) want(ctx context.Context, status int, method, path string, body any) (answered, error) {
	got, err := c.askAgain(ctx, status, method, path, body)
	if err == nil && got.status != status {
		err = &refusal{got.status, string(got.body)}
	}
	return got, err
}

// patience is how long one who is patient asks again.
const patience = 30 * time.Second

// askAgain is ask, and for one who is patient again and again while the service asks to be asked later.
func (c *client) askAgain(ctx context.Context, status int, method, path string, body any) (got answered, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		got, err = c.ask(ctx, method, path, body)
		if err != nil || !c.patient || got.status != http.StatusServiceUnavailable || status == http.StatusServiceUnavailable {
			return got, err
		}
		select {
		case <-ctx.Done():
			return got, err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// do is ask for a request that is to be answered with the status; into may be nil.
func (c *client) do(method, path string, body any, status int, into any) answered {
	c.Helper()
	got, err := c.askAgain(c.deadline(time.Minute), status, method, path, body)
	if err != nil || got.status != status {
		c.Fatalf("%s %s as %s: %d instead of %d, %v\n%.2000s", method, path, c.email, got.status, status, err, got.body)
	}
	if into != nil {
		if err := json.Unmarshal(got.body, into); err != nil {
			c.Fatalf("%s %s: %v in %.2000s", method, path, err, got.body)
		}
	}
	return got
}

// signIn is a person with a password.
func (i *installation) signIn(email, password string) (*client, answered, error) {
	c := &client{installation: i, email: email, http: &http.Client{}}
	got, err := c.ask(i.deadline(time.Minute), http.MethodPost, "/session", map[string]string{"email": email, "password": password}, "Origin", c.base())
	if cookie, _, ok := strings.Cut(got.header.Get("Set-Cookie"), ";"); ok {
		c.cookie = cookie
	}
	return c, got, err
}

// publish keeps a report that everybody may run and returns its slug.
func (c *client) publish(title, front, body string) string {
	c.Helper()
	slug := c.keep(title, front, body)
	c.do(http.MethodPost, "/reports/"+slug+"/grants", map[string]any{"level": "run"}, http.StatusCreated, nil)
	return slug
}

func (c *client) keep(title, front, body string) string {
	c.Helper()
	var kept struct{ Slug string }
	c.do(http.MethodPost, "/reports", map[string]any{"document": "---\ntitle: " + title + "\n" + front + "\n---\n" + body}, http.StatusCreated, &kept)
	return kept.Slug
}

// numbers is a report that yields as many rows as are asked for, each after a pause in seconds; all pauses together take less than three.
func (c *client) numbers(title string) string {
	c.Helper()
	return c.publish(title, "form: [{name: rows, type: input, kind: integer, required: true}, {name: pause, type: input, kind: decimal, default: 0}]\n"+
		"exports: [{cells: [c], format: csv, filename: numbers}]",
		cell("c", "SELECT number AS n, number * 7 AS seven FROM numbers(toUInt64({{ .rows }})) WHERE sleepEachRow(toFloat64({{ .pause }})) = 0"))
}

// order asks for a run once.
func (c *client) order(report string, values map[string]any) served {
	c.Helper()
	var run served
	c.do(http.MethodPost, "/reports/"+report+"/runs", map[string]any{"values": values}, http.StatusCreated, &run)
	return run
}

func (c *client) run(id string) (run served) {
	c.Helper()
	c.do(http.MethodGet, "/runs/"+id, nil, http.StatusOK, &run)
	return run
}

// ended waits for the end of a run through its events.
func (c *client) ended(id string) served {
	c.Helper()
	run, err := c.watch(c.deadline(2*time.Minute), id, nil)
	if err != nil {
		c.Fatalf("run %s: %v", id, err)
	}
	return run
}

// watch follows the events of a run to `done`, and connects again when the stream ends before that. seen is told of each event.
func (c *client) watch(ctx context.Context, id string, seen func(event, data string)) (served, error) {
	for latest := ""; ; {
		run, newest, err := c.follow(ctx, id, latest, seen)
		if err == nil && run.final() {
			return run, nil
		}
		latest = newest
		if !tried(ctx, 50*time.Millisecond) {
			return run, fmt.Errorf("no end was told: %w, %w", ctx.Err(), err)
		}
	}
}

// tried waits a little before the next try; false when there is to be none.
func tried(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// follow reads one stream of events to its end.
func (c *client) follow(ctx context.Context, id, latest string, seen func(event, data string)) (run served, newest string, err error) {
	newest = latest
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.full("/runs/"+id+"/events"), nil)
	if err != nil {
		return run, newest, err
	}
	c.sign(request)
	if latest != "" {
		request.Header.Set("Last-Event-ID", latest)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return run, newest, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body)
		return run, newest, &refusal{response.StatusCode, string(text)}
	}
	lines, event := bufio.NewScanner(response.Body), ""
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), ": ")
		switch key {
		case "event":
			event = value
		case "id":
			newest = value
		case "data":
			if seen != nil {
				seen(event, value)
			}
			if event == "done" {
				return run, newest, json.Unmarshal([]byte(value), &run)
			}
		}
	}
	return run, newest, lines.Err()
}

// refusal is an answer that was not hoped for.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return fmt.Sprintf("%d %.500s", r.status, r.text) }

// checkFile is what is wrong with the run's only file, which is to hold so many rows of the report of numbers.
func (c *client) checkFile(ctx context.Context, run served, rows int) error {
	if len(run.Files) != 1 {
		return fmt.Errorf("run %s has %d files", run.ID, len(run.Files))
	}
	file := run.Files[0]
	got, err := c.want(ctx, http.StatusOK, http.MethodGet, file.URL, nil)
	if err != nil {
		return fmt.Errorf("the file of %s: %w", run.ID, err)
	}
	if int64(len(got.body)) != file.Bytes || sum(got.body) != file.SHA256 || file.Rows != int64(rows) {
		return fmt.Errorf("the file of %s has %d bytes of %d, %d rows of %d, checksum %s of %s", run.ID, len(got.body), file.Bytes, file.Rows, rows, sum(got.body), file.SHA256)
	}
	records, err := csv.NewReader(strings.NewReader(string(got.body))).ReadAll()
	if err != nil {
		return err
	}
	if len(records) != rows+1 {
		return fmt.Errorf("the file of %s has %d lines, not %d and a header", run.ID, len(records), rows)
	}
	sum := 0
	for _, record := range records[1:] {
		n, seven := 0, 0
		if _, err := fmt.Sscan(record[0]+" "+record[1], &n, &seven); err != nil || seven != 7*n {
			return fmt.Errorf("the file of %s has the line %q", run.ID, record)
		}
		sum += n
	}
	if sum != rows*(rows-1)/2 {
		return fmt.Errorf("the file of %s has other numbers than 0 to %d", run.ID, rows-1)
	}
	return nil
}

// ordered asks for a run once, with an idempotency key unless it is empty.
func (c *client) ordered(ctx context.Context, report string, values map[string]any, key string) (run served, err error) {
	var header []string
	if key != "" {
		header = []string{"Idempotency-Key", key}
	}
	got, err := c.ask(ctx, http.MethodPost, "/reports/"+report+"/runs", map[string]any{"values": values}, header...)
	if err != nil {
		return run, err
	}
	if got.status != http.StatusCreated && got.status != http.StatusOK {
		return run, &refusal{got.status, string(got.body)}
	}
	return run, json.Unmarshal(got.body, &run)
}
