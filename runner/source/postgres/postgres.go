// Package postgres runs SQL cells on Postgres.
//
// A report's statement runs in a transaction that is read-only before the analyst's first word and rolled back after the last one,
// and it must be a single SELECT, VALUES, TABLE or WITH. What functions may reach beyond that (files, other servers) depends on the
// rights of the role in the address: give it no more than SELECT.
//
// Columns become Nullable, since Postgres does not tell which can be NULL; arrays become Array(Nullable(T)), where a NULL array is an
// empty one, since ClickHouse has no other. A numeric declared without precision becomes Decimal(76, 38), and a value beyond it is an
// error, never rounded. Types without a match become String, as Postgres writes them. Results sent along are temporary tables of the
// transaction, for which the role needs the right TEMPORARY; their moments keep microseconds.
package postgres

import (
	"context"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
)

const (
	// connectTime bounds how long a server may take to answer at first.
	connectTime = 15 * time.Second
	// stopTime bounds how long a cancelled query may take to stop before its connection is cut.
	stopTime = 10 * time.Second
	// defaultRuns is how many queries run at once when Options do not say.
	defaultRuns = 16
	// spare connections are for progress and pings while every run is busy.
	spare = 4
)

// Options of a source.
type Options struct {
	// Name of the source, for errors.
	Name string
	// DSN is a URL or a list of key=value, as libpq takes them.
	DSN string
	// MaxRuns is how many queries can run at once; 0 for a default.
	MaxRuns int
}

// Source is a Postgres database. It implements source.Source.
type Source struct {
	name string
	addr string
	pool *pgxpool.Pool
}

var _ source.Source = (*Source)(nil)

// Open checks the options. It does not connect: Ping does.
func Open(ctx context.Context, o Options) (*Source, error) {
	config, err := pgxpool.ParseConfig(o.DSN)
	if err != nil {
		// The parser's own words quote the address, and the password with it.
		return nil, fault.New(fault.Invalid, "the dsn of source %q is no address of a Postgres: write postgres://user:password@host:5432/database", o.Name)
	}
	runs := o.MaxRuns
	if runs <= 0 {
		runs = defaultRuns
	}
	config.MaxConns = int32(min(runs, 1000) + spare)
	config.MinConns, config.MinIdleConns = 0, 0
	// Statements of reports do not repeat, and none may outlive DISCARD ALL.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectTime
	}
	config.ConnConfig.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: stopTime}
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the dsn of source %q cannot be used: %w", o.Name, err)
	}
	return &Source{name: o.Name, addr: address(config.ConnConfig), pool: pool}, nil
}

// address is host and port, or the folder of a socket.
func address(c *pgx.ConnConfig) string {
	if strings.HasPrefix(c.Host, "/") {
		return c.Host
	}
	return net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))
}

// Dialect implements source.Source.
func (s *Source) Dialect() sqltext.Dialect { return sqltext.Postgres }

// Ping implements source.Source.
func (s *Source) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	return s.fault(s.pool.Ping(ctx), "")
}

// Exec implements source.Source. Several statements run in one transaction.
func (s *Source) Exec(ctx context.Context, sql string) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return s.fault(err, "")
	}
	defer giveBack(conn)
	_, err = conn.Conn().PgConn().Exec(ctx, sql).ReadAll()
	if err != nil && ctx.Err() != nil {
		return s.cancelled(err)
	}
	return s.fault(err, sql)
}

// Progress implements source.Source. Postgres tells no rows of a running query.
func (s *Source) Progress(ctx context.Context, id string) (source.Progress, bool, error) {
	var seconds *float64
	err := s.pool.QueryRow(ctx, `SELECT max(extract(epoch FROM clock_timestamp() - xact_start))::float8
		FROM pg_stat_activity WHERE application_name = $1 AND state <> 'idle'`, applicationName(id)).Scan(&seconds)
	if err != nil || seconds == nil {
		return source.Progress{}, false, s.fault(err, "")
	}
	return source.Progress{Elapsed: time.Duration(*seconds * float64(time.Second))}, true, nil
}

// Close implements source.Source.
func (s *Source) Close() error {
	s.pool.Close()
	return nil
}
