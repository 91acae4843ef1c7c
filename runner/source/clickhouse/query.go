package clickhouse

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Query implements source.Source.
func (s *Source) Query(ctx context.Context, q source.Query) (io.ReadCloser, error) {
	return s.Format(ctx, q, source.RowBinary, nil)
}

// Formats implements source.Formatter. A user with readonly=1 may not send settings.
func (s *Source) Formats(ctx context.Context) (bool, error) {
	server, err := s.about(ctx)
	if err != nil {
		return false, err
	}
	return server.readonly != "1", nil
}

// Format implements source.Formatter.
func (s *Source) Format(ctx context.Context, q source.Query, format string, settings map[string]string) (io.ReadCloser, error) {
	sql, err := reading(q)
	if err != nil {
		return nil, err
	}
	return s.report(ctx, q, sql, format, settings)
}

// reading renders a statement that a report may run.
func reading(q source.Query) (rendered, error) {
	sql, err := render(q)
	if err != nil {
		return rendered{}, err
	}
	if q.Owner {
		return sql, nil
	}
	return sql, allowed(sql.text)
}

// Describe implements source.Source.
func (s *Source) Describe(ctx context.Context, q source.Query) ([]source.Column, error) {
	sql, err := reading(q)
	if err != nil {
		return nil, err
	}
	sql = sql.withoutRows()
	sql.text = "DESCRIBE TABLE (" + sql.text + ")"
	// The description has rows of its own, which the limits are not meant for.
	q.Limits.Rows, q.Limits.Bytes, q.Limits.Fetch = 0, 0, 0
	stream, err := s.report(ctx, q, sql, source.RowBinary, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = stream.Close() }()
	return readDescription(stream)
}

func readDescription(stream io.Reader) ([]source.Column, error) {
	rows, err := rowbinary.NewReader(stream)
	if err != nil {
		return nil, err
	}
	var columns []source.Column
	for rows.Next() {
		if len(rows.Row()) < 2 {
			return nil, errors.New("the server describes columns by less than name and type")
		}
		columns = append(columns, source.Column{Name: string(rows.Row()[0].Bytes()), Type: string(rows.Row()[1].Bytes())})
	}
	return columns, rows.Err()
}

// report runs a statement of a report: read-only, within its limits.
func (s *Source) report(ctx context.Context, q source.Query, sql rendered, format string, settings map[string]string) (io.ReadCloser, error) {
	server, err := s.about(ctx)
	if err != nil {
		return nil, err
	}
	if server.readonly == "1" && len(settings) > 0 {
		return nil, fault.New(fault.Failed, "the settings of the format %s cannot be sent: the user of source %q has readonly=1; give it readonly=2", format, s.name)
	}
	if server.readonly != "1" && !q.Owner {
		sql = sql.lifted()
	}
	if q.ID == "" {
		q.ID = uuid.NewString()
	}
	return s.run(ctx, q, sql, format, server.forQuery(q, sql, settings))
}

// about is ask on behalf of a caller.
func (s *Source) about(ctx context.Context) (*server, error) {
	bare, end := detach(ctx, ctx)
	defer end(nil)
	server, err := s.ask(bare)
	if err != nil {
		return nil, s.outcome(ctx, err)
	}
	return server, nil
}

// run sends the statement and gives its result, on which the query's life depends.
func (s *Source) run(ctx context.Context, q source.Query, sql rendered, format string, settings clickhouse.Settings) (io.ReadCloser, error) {
	own := strings.Contains(strings.ToUpper(sql.text), "FORMAT")
	out := &stream{source: s, id: q.ID, upload: &upload{tables: sql.tables, format: format, own: own}, limit: q.Limits.Time}
	sent := clickhouse.Context(withUpload(out.watch(ctx), out.upload),
		clickhouse.WithQueryID(q.ID), clickhouse.WithSettings(settings), clickhouse.WithParameters(sql.params))
	rows, err := s.conn.QueryFormat(sent, format, sql.text)
	if err != nil {
		return nil, out.end(err)
	}
	out.rows = rows
	return out, nil
}

// Exec implements source.Source.
func (s *Source) Exec(ctx context.Context, sql string) error {
	rows, err := s.run(ctx, source.Query{ID: uuid.NewString()}, rendered{text: sql}, "TabSeparated", clickhouse.Settings{})
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	_, err = io.Copy(io.Discard, rows)
	return err
}

// Insert implements source.Loader. The table is a name or database.name.
func (s *Source) Insert(ctx context.Context, table, format string, settings map[string]string, data io.Reader) error {
	out := &stream{source: s, id: uuid.NewString(), upload: &upload{}}
	all := clickhouse.Settings{}
	for name, value := range settings {
		all[name] = value
	}
	sent := clickhouse.Context(out.watch(ctx), clickhouse.WithQueryID(out.id), clickhouse.WithSettings(all))
	err := s.conn.InsertFormat(sent, format, "INSERT INTO "+quoteTable(table), reader{data, out.upload})
	return out.end(err)
}

func quoteTable(name string) string {
	database, table, ok := strings.Cut(name, ".")
	if !ok {
		return sqltext.ClickHouse.Name(name)
	}
	return sqltext.ClickHouse.Name(database) + "." + sqltext.ClickHouse.Name(table)
}

// Progress implements source.Source.
func (s *Source) Progress(ctx context.Context, id string) (source.Progress, bool, error) {
	bare, end := detach(ctx, ctx)
	defer end(nil)
	rows, err := s.conn.Query(bare, `SELECT read_rows, total_rows_approx, read_bytes, elapsed FROM system.processes
		WHERE query_id = {id:String} AND is_initial_query`, clickhouse.Named("id", id))
	if err != nil {
		return source.Progress{}, false, s.outcome(ctx, err)
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		return source.Progress{}, false, s.outcome(ctx, rows.Err())
	}
	var read, total, bytes uint64
	var elapsed float64
	if err := rows.Scan(&read, &total, &bytes, &elapsed); err != nil {
		return source.Progress{}, false, s.fault(err)
	}
	return source.Progress{
		ReadRows: int64(read), TotalRows: int64(total), ReadBytes: int64(bytes),
		Elapsed: time.Duration(elapsed * float64(time.Second)),
	}, true, nil
}

// Cancel implements source.Source.
func (s *Source) Cancel(ctx context.Context, id string) error {
	bare, end := detach(ctx, ctx)
	defer end(nil)
	defer time.AfterFunc(stopTime, func() { end(errTime) }).Stop()
	if err := s.conn.Exec(bare, killQuery, clickhouse.Named("id", id)); err != nil {
		return s.outcome(ctx, err)
	}
	s.awaitGone(bare, id)
	return s.checkStopped(ctx, id)
}

// checkStopped refuses a query that runs and was not told to stop. One that was stays in the list of processes while it waits for its
// client to read, but does nothing any more.
func (s *Source) checkStopped(ctx context.Context, id string) error {
	bare, end := detach(ctx, ctx)
	defer end(nil)
	var running uint64
	err := s.conn.QueryRow(bare, "SELECT count() FROM system.processes WHERE query_id = {id:String} AND NOT is_cancelled", clickhouse.Named("id", id)).Scan(&running)
	if err == nil && running > 0 {
		err = fault.New(fault.Unavailable, "source %q still runs a query %s after it was told to stop it", s.name, stopTime)
	}
	return s.outcome(ctx, err)
}

// outcome is the error of something that ran under ctx.
func (s *Source) outcome(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return &fault.Error{Code: fault.Cancelled, Message: cancelledMessage, Cause: err}
	}
	return s.fault(err)
}
