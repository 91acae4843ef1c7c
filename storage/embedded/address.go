package embedded

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	socketName = ".s.PGSQL." + port
	// maxSocketPath is what fits in a socket's address everywhere.
	maxSocketPath = 100
	askTime       = 5 * time.Second
)

// address is where the server of a cluster answers, and with which password.
type address struct {
	dir string

	mu       sync.Mutex
	host     string
	password string
	held     *os.File
}

func (a *address) current() (host, password string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.host, a.password
}

// read learns the address. The cluster and its password must be there.
func (a *address) read() error {
	password, err := readPassword(filepath.Dir(a.dir))
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.password = password
	if a.host != "" {
		return nil
	}
	if a.host = a.dir; len(a.dir)+len("/"+socketName) > maxSocketPath {
		a.held, a.host, err = shortPath(a.dir)
	}
	return err
}

func (a *address) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held != nil {
		a.held.Close()
	}
}

// ask connects once. A nil error means that the server takes connections.
func (s *Server) ask(ctx context.Context) error {
	if err := s.address.read(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.SuperuserDSN(superuser))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// SQLSTATE codes.
const (
	cannotConnectNow   = "57P03"
	adminShutdown      = "57P01"
	crashShutdown      = "57P02"
	tooManyConnections = "53300"
)

// passing tells whether an error of ask may be over in a moment.
func passing(err error) bool {
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) {
		return refusal.Code == cannotConnectNow || refusal.Code == adminShutdown || refusal.Code == crashShutdown
	}
	if errors.Is(err, fs.ErrPermission) {
		return false
	}
	var failed *pgconn.ConnectError
	return errors.As(err, &failed) || errors.Is(err, fs.ErrNotExist)
}

// refused is the sentence for an error of ask that will not pass; nil for none, and for a server that is merely busy.
func (s *Server) refused(err error) error {
	var refusal *pgconn.PgError
	var known *fault.Error
	switch {
	case err == nil, errors.As(err, &refusal) && refusal.Code == tooManyConnections:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, fs.ErrPermission):
		return fault.New(fault.Unavailable, "The Postgres of %s belongs to another user: start Vitrina as the user who started it first, or as root.",
			s.options.Dir)
	case errors.As(err, &refusal) && strings.HasPrefix(refusal.Code, "28"):
		return fault.New(fault.Unavailable, "The Postgres of %s does not accept the password in %s: remove that file while no Vitrina runs, "+
			"and the next start sets a new one.", s.options.Dir, filepath.Join(s.options.Dir, passwordName))
	}
	return fault.New(fault.Unavailable, "The Postgres of %s does not take connections: %w", s.options.Dir, err)
}
