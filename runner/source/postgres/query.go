package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// errTime is the cause of a context that a query's time limit ended.
var errTime = errors.New("time limit")

// Query implements source.Source. Memory of the server is not limited: Postgres has no means to.
func (s *Source) Query(ctx context.Context, q source.Query) (io.ReadCloser, error) {
	r, err := s.start(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := r.prepare(true); err != nil {
		return nil, r.end(err)
	}
	return r.stream(), nil
}

// Describe implements source.Source.
func (s *Source) Describe(ctx context.Context, q source.Query) ([]source.Column, error) {
	r, err := s.start(ctx, q)
	if err != nil {
		return nil, err
	}
	err = r.prepare(false)
	if end := r.end(err); err != nil {
		return nil, end
	}
	columns := make([]source.Column, len(r.columns))
	for i, c := range r.columns {
		columns[i] = c.Column
	}
	return columns, nil
}

// run is one statement on its way through a connection and a transaction of its own. end must be called once.
type run struct {
	source *Source
	query  source.Query
	sql    rendered
	conn   *pgxpool.Conn
	pg     *pgconn.PgConn
	ctx    context.Context
	cancel context.CancelFunc

	columns []column
}

func (s *Source) start(ctx context.Context, q source.Query) (*run, error) {
	if name, ok := q.MissingTable(); ok {
		return nil, invalid("the result of cell %q is not there to read", name)
	}
	sql, err := render(q.Statement)
	if err != nil {
		return nil, err
	}
	r := &run{source: s, query: q, sql: sql, cancel: func() {}}
	if r.ctx, r.cancel = context.WithCancel(ctx); q.Limits.Time > 0 {
		r.ctx, r.cancel = context.WithTimeoutCause(ctx, q.Limits.Time, errTime)
	}
	if r.conn, err = s.pool.Acquire(r.ctx); err != nil {
		return nil, r.end(err)
	}
	r.pg = r.conn.Conn().PgConn()
	return r, nil
}

// prepare opens the read-only transaction and has the server parse the statement, without running it.
func (r *run) prepare(rows bool) error {
	if err := r.begin(rows); err != nil {
		return err
	}
	parsed, err := r.pg.Prepare(r.ctx, "", r.sql.sql, nil)
	if err != nil {
		return err
	}
	if err := r.onlySelect(); err != nil {
		return err
	}
	if len(parsed.Fields) == 0 {
		return fault.New(fault.Failed, "the statement yields no columns: name some after SELECT")
	}
	r.columns = columnsOf(parsed.Fields, r.zone())
	return nil
}

// begin opens the transaction. It is read-only from its start, or else from the moment the tables sent along are filled.
func (r *run) begin(rows bool) error {
	if len(r.query.Tables) == 0 {
		if err := r.exec("BEGIN READ ONLY"); err != nil {
			return err
		}
		return r.configure()
	}
	if err := r.exec("BEGIN"); err != nil {
		return err
	}
	if err := r.configure(); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(r.query.Tables)) {
		if err := r.sendTable(name, r.query.Tables[name], rows); err != nil {
			return err
		}
	}
	return r.exec("SET TRANSACTION READ ONLY")
}

// configure sets what holds for this transaction alone. It is a query too, and a read-only transaction that has run one cannot be
// made to write again.
func (r *run) configure() error {
	settings := map[string]string{
		"application_name":                    applicationName(r.query.ID),
		"idle_in_transaction_session_timeout": "60s",
		"DateStyle":                           "ISO, YMD",
	}
	if limit := r.query.Limits.Time; limit > 0 {
		// One second more, for when this process is gone and its own clock with it.
		settings["statement_timeout"] = strconv.FormatInt((limit + time.Second).Milliseconds(), 10)
	}
	if r.query.Timezone != "" {
		settings["TimeZone"] = r.query.Timezone
	}
	names := slices.Sorted(maps.Keys(settings))
	values := make([]string, len(names))
	for i, name := range names {
		values[i] = settings[name]
	}
	_, err := r.pg.ExecParams(r.ctx, "SELECT set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS s (name, value)",
		[][]byte{list(names, quoteElement), list(values, quoteElement)}, nil, nil, nil).Close()
	return err
}

// onlySelect refuses whatever is not a query: as the body of a cursor, the grammar takes nothing else. The cursor is parsed, never
// opened, since the planner gives cursors no parallel plans.
func (r *run) onlySelect() error {
	const name = "vitrina_check"
	_, err := r.pg.Prepare(r.ctx, name, "DECLARE vitrina_check NO SCROLL CURSOR FOR "+r.sql.sql, nil)
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return &fault.Error{
			Code:    fault.Failed,
			Message: "a report only reads: its statement must be one SELECT, VALUES, TABLE or WITH … SELECT, without INTO and without changes within WITH",
			Cause:   err,
		}
	}
	if err != nil {
		return err
	}
	return r.pg.Deallocate(r.ctx, name)
}

func (r *run) exec(sql string) error {
	_, err := r.pg.Exec(r.ctx, sql).ReadAll()
	return err
}

// zone is the one that moments of the result are shown in.
func (r *run) zone() string {
	for _, name := range []string{r.query.Timezone, r.pg.ParameterStatus("TimeZone")} {
		if _, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
			return name
		}
	}
	return "UTC"
}

// end gives the connection back as it was and puts err, if any, into words.
func (r *run) end(err error) error {
	err = r.explain(err)
	r.cancel()
	if r.conn == nil {
		return err
	}
	giveBack(r.conn)
	return err
}

// giveBack returns the connection as new; one that cannot be made so is closed.
func giveBack(conn *pgxpool.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	pg := conn.Conn().PgConn()
	for _, sql := range []string{"ROLLBACK", "DISCARD ALL"} {
		if _, failed := pg.Exec(ctx, sql).ReadAll(); failed != nil {
			_ = pg.Close(ctx)
			break
		}
	}
	conn.Release()
}

func (r *run) explain(err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(context.Cause(r.ctx), errTime):
		return &fault.Error{Code: fault.Limit, Message: "the query took longer than its limit of " + r.query.Limits.Time.String() + ". Narrow the form, or ask the administrator.", Cause: err}
	case r.ctx.Err() != nil:
		return r.source.cancelled(err)
	case errors.As(err, &known):
		return err
	}
	return r.source.fault(err, r.sql.sql)
}

// applicationName is how a query of that id is known in pg_stat_activity, which keeps 63 bytes.
func applicationName(id string) string {
	const prefix = "vitrina "
	if len(prefix)+len(id) <= 63 {
		return prefix + id
	}
	sum := sha256.Sum256([]byte(id))
	return prefix + hex.EncodeToString(sum[:16])
}
