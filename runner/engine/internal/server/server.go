// Package server speaks the part of ClickHouse's HTTP protocol that clickhouse-go needs, over an engine in this process.
//
// Every request has a connection of its own, so neither settings nor temporary tables outlive it. Results leave the engine
// through INTO OUTFILE into a pipe, and data enters it through FROM INFILE from a spooled file: both are done on the client
// side of the engine, where they need no access right that a query could use too, and memory stays flat.
package server

import (
	"crypto/subtle"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/vitrina-reports/vitrina/runner/engine/internal/chdb"
)

// Options of a Server. The server does not close what it is given.
type Options struct {
	// Connect opens a connection to the engine.
	Connect func() (*chdb.Conn, error)
	User    string
	// Password that every request must show; only who started the engine knows it.
	Password string
	// Spool is an existing folder for request bodies on their way to the engine.
	Spool string
	// Queries run at the same time; more of them wait.
	Queries int
	Logger  *slog.Logger
}

// Server is an http.Handler.
type Server struct {
	Options
	version, timezone string
	running           *registry
	sources           map[string]bool // see sourcesOf
}

// maxWaiting is how many requests may wait for their turn before new ones are refused.
const maxWaiting = 1000

// New asks the engine for its version and time zone, which every answer tells.
func New(o Options) (*Server, error) {
	conn, err := o.Connect()
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	out, _, err := conn.Exec("SELECT version(), timezone()", "TSV")
	if err != nil {
		return nil, fmt.Errorf("the engine does not answer: %w", err)
	}
	// Reading stack_trace sends signals to all threads, Go's too, which ends the process.
	if _, _, err := conn.Exec("DROP TABLE system.stack_trace", "Null"); err != nil {
		return nil, fmt.Errorf("the engine cannot be made safe: %w", err)
	}
	sources, err := sourcesOf(conn)
	if err != nil {
		return nil, fmt.Errorf("the engine does not tell its table functions: %w", err)
	}
	version, timezone, _ := strings.Cut(strings.TrimSpace(string(out)), "\t")
	return &Server{Options: o, version: version, timezone: timezone, running: newRegistry(o.Queries, maxWaiting), sources: sources}, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-ClickHouse-Server-Display-Name", displayName)
	if r.URL.Path == "/ping" || r.URL.Path == "/replicas_status" {
		fmt.Fprint(w, "Ok.\n")
		return
	}
	if err := s.authenticate(r); err != nil {
		s.refuse(w, err)
		return
	}
	req, err := s.parse(r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer req.close()
	s.answer(w, r, req)
}

const displayName = "vitrina"

func (s *Server) authenticate(r *http.Request) error {
	user, password, ok := r.BasicAuth()
	if !ok {
		user, password = r.Header.Get("X-ClickHouse-User"), r.Header.Get("X-ClickHouse-Key")
	}
	if user == "" {
		user, password = r.URL.Query().Get("user"), r.URL.Query().Get("password")
	}
	sameUser := subtle.ConstantTimeCompare([]byte(user), []byte(s.User))
	samePassword := subtle.ConstantTimeCompare([]byte(password), []byte(s.Password))
	if sameUser&samePassword == 1 {
		return nil
	}
	return exception(516, "AUTHENTICATION_FAILED", "Authentication failed: the password of the embedded engine is known to the process "+
		"that started it, and to no other")
}
