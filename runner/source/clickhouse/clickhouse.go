// Package clickhouse runs SQL cells on ClickHouse, spoken to through clickhouse-go over HTTP.
//
// A report's query is sent with readonly=1 if the user may set it, so that it can neither write nor reach files and other servers
// through table functions, and a SETTINGS clause cannot lift its limits. A user with readonly=2 of their own is as safe as the
// administrator made them. A user with readonly=1 may not set anything: limits, the report's time zone and the format of JSON columns
// are then those of the user's profile, and the runner alone enforces limits.
//
// Results sent along and lists too long for a parameter are external tables. ClickHouse limits them together to its setting
// http_max_multipart_form_data_size, 1 GiB. On a Distributed table they are sent on to the shards, as if GLOBAL had been written.
package clickhouse

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
)

const (
	// answerTime is how long the first byte of a result may take; what ends a query is its limit, not this.
	answerTime = 30 * 24 * time.Hour
	// connectTime bounds how long a server may take to answer at first.
	connectTime = 15 * time.Second
	// defaultRuns is how many queries run at once when Options do not say.
	defaultRuns = 16
)

// Options of a source: a DSN, or else its parts.
type Options struct {
	// Name of the source, for errors.
	Name string
	// DSN is http://user:password@host:8123/database or the same with https; settings can follow as ?name=value.
	DSN string

	Addr, User, Password, Database string
	TLS                            bool

	// Endpoint, if set, is asked before every request where the server is now, and its answer stands in for Addr, User and Password.
	// It is for the embedded engine, and errors say so.
	Endpoint func(context.Context) (Endpoint, error)

	// MaxRuns is how many queries can run at once; 0 for a default.
	MaxRuns int
}

// Endpoint is a server that moves: where it is, as host:port, and who may ask it.
type Endpoint struct{ Addr, User, Password string }

// Source is a ClickHouse server. It implements source.Formatter and source.Loader.
type Source struct {
	name string
	addr string
	conn clickhouse.Conn
	// embedded: the server is a child of ours, whose address means nothing to anybody
	embedded bool
	secure   bool // it is spoken to over TLS

	mu     sync.Mutex
	server *server // nil until a query has asked
}

var (
	_ source.Formatter = (*Source)(nil)
	_ source.Loader    = (*Source)(nil)
)

// Open checks the options. It does not connect: Ping does.
func Open(_ context.Context, o Options) (*Source, error) {
	options, err := o.parse()
	if err != nil {
		return nil, err
	}
	runs := o.MaxRuns
	if runs <= 0 {
		runs = defaultRuns
	}
	// Every run may need a second connection to be stopped or watched.
	options.MaxOpenConns = 2*runs + 16
	options.MaxIdleConns = options.MaxOpenConns
	options.ReadTimeout = max(options.ReadTimeout, answerTime)
	if options.DialTimeout == 0 {
		options.DialTimeout = connectTime
	}
	options.DialStrategy = dialBare
	options.TransportFunc = func(base *http.Transport) (http.RoundTripper, error) { return transport{base, o.Endpoint}, nil }
	conn, err := clickhouse.Open(options)
	if err != nil {
		return nil, fault.New(fault.Invalid, "source %q cannot be used: %w", o.Name, err)
	}
	return &Source{name: o.Name, addr: strings.Join(options.Addr, ", "), conn: conn, embedded: o.Endpoint != nil, secure: options.TLS != nil}, nil
}

func (o Options) parse() (*clickhouse.Options, error) {
	if o.DSN != "" {
		return o.parseDSN()
	}
	if o.Addr == "" {
		return nil, fault.New(fault.Invalid, "source %q has no address: give its dsn, such as http://user:password@host:8123/database", o.Name)
	}
	options := &clickhouse.Options{
		Protocol: clickhouse.HTTP,
		Addr:     []string{o.Addr},
		Auth:     clickhouse.Auth{Database: o.Database, Username: o.User, Password: o.Password},
	}
	if o.TLS {
		options.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return withPorts(options), nil
}

func (o Options) parseDSN() (*clickhouse.Options, error) {
	dsn := o.DSN
	if strings.HasPrefix(dsn, "https://") && !strings.Contains(dsn, "secure=") {
		separator := "?"
		if strings.Contains(dsn, "?") {
			separator = "&"
		}
		dsn += separator + "secure=true"
	}
	options, err := clickhouse.ParseDSN(dsn)
	if err != nil || options.Protocol != clickhouse.HTTP {
		// What the parser says may quote parts of a password.
		return nil, fault.New(fault.Invalid,
			"the dsn of source %q is no HTTP address of a ClickHouse: write http://user:password@host:8123/database, with special characters of the password as %%XX", o.Name)
	}
	return withPorts(options), nil
}

// withPorts adds ClickHouse's own ports where none is given; the driver would take those of web sites.
func withPorts(o *clickhouse.Options) *clickhouse.Options {
	port := "8123"
	if o.TLS != nil {
		port = "8443"
	}
	for i, addr := range o.Addr {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			o.Addr[i] = net.JoinHostPort(strings.Trim(addr, "[]"), port)
		}
	}
	return o
}

// dialBare opens a connection on its own behalf: the driver greets the server with whatever the context of the waiting query holds,
// its settings and id, and with a deadline as max_execution_time, which a read-only user may not set.
func dialBare(ctx context.Context, id int, o *clickhouse.Options, dial clickhouse.Dial) (clickhouse.DialResult, error) {
	bare, cancel := detach(ctx, context.Background())
	defer cancel(nil)
	return clickhouse.DefaultDialStrategy(bare, id, o, dial)
}

// detach is a context with the values of values that ends with ctx but has no deadline: the driver turns deadlines into a setting.
func detach(ctx, values context.Context) (context.Context, context.CancelCauseFunc) {
	out, cancel := context.WithCancelCause(context.WithoutCancel(values))
	stop := context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })
	return out, func(cause error) {
		stop()
		cancel(cause)
	}
}

// Dialect implements source.Source.
func (s *Source) Dialect() sqltext.Dialect { return sqltext.ClickHouse }

// Ping implements source.Source.
func (s *Source) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	bare, end := detach(ctx, ctx)
	defer end(nil)
	if err := s.conn.Ping(bare); err != nil {
		return s.fault(err)
	}
	_, err := s.ask(bare)
	return err
}

// Close implements source.Source.
func (s *Source) Close() error { return s.conn.Close() }
