package clickhouse

import (
	"bufio"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// transport sends external tables as they are read; the driver would collect them in memory first. It follows a server that moves.
type transport struct {
	base     http.RoundTripper
	endpoint func(context.Context) (Endpoint, error)
}

// upload is what a request takes along. It is found through the request's context.
type upload struct {
	tables []external
	format string // that the answer must have
	own    bool   // whether the statement may choose another

	mu  sync.Mutex
	err error // why a table could not be read
}

const formatMessage = "the statement has a FORMAT clause of its own: take it out, the format is chosen by what reads the result"

type uploadKey struct{}

func withUpload(ctx context.Context, u *upload) context.Context {
	return context.WithValue(ctx, uploadKey{}, u)
}

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	req, err := t.follow(req)
	if err != nil {
		return nil, err
	}
	u, ok := req.Context().Value(uploadKey{}).(*upload)
	if !ok {
		return t.base.RoundTrip(req)
	}
	if len(u.tables) > 0 {
		if req, err = u.attach(req); err != nil {
			return nil, err
		}
	}
	res, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if got := res.Header.Get("X-ClickHouse-Format"); got != "" && u.own && !strings.EqualFold(got, u.format) {
		_ = res.Body.Close()
		return nil, fault.New(fault.Failed, formatMessage)
	}
	return res, nil
}

// follow addresses the request to where the server is now.
func (t transport) follow(req *http.Request) (*http.Request, error) {
	if t.endpoint == nil {
		return req, nil
	}
	at, err := t.endpoint(req.Context())
	if err != nil {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, err
	}
	out := req.Clone(req.Context())
	out.URL.Host, out.Host = at.Addr, at.Addr
	out.SetBasicAuth(at.User, at.Password)
	return out, nil
}

// attach makes the request one of several parts: the SQL, then each table.
func (u *upload) attach(req *http.Request) (*http.Request, error) {
	sql, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	_ = req.Body.Close()
	out := req.Clone(req.Context())
	address := *req.URL
	params := address.Query()
	for _, table := range u.tables {
		params.Set(table.name+"_format", rowsFormat)
		params.Set(table.name+"_structure", structure(table.columns))
	}
	address.RawQuery = params.Encode()
	out.URL = &address
	body, pipe := io.Pipe()
	form := multipart.NewWriter(pipe)
	out.Header.Set("Content-Type", form.FormDataContentType())
	out.Body, out.GetBody, out.ContentLength = body, nil, -1
	go func() {
		pipe.CloseWithError(u.write(form, string(sql)))
	}()
	return out, nil
}

func (u *upload) write(form *multipart.Writer, sql string) error {
	if err := form.WriteField("query", sql); err != nil {
		return err
	}
	for _, table := range u.tables {
		part, err := form.CreateFormFile(table.name, table.name)
		if err != nil {
			return err
		}
		if err := u.copy(part, table); err != nil {
			return err
		}
	}
	return form.Close()
}

func (u *upload) copy(part io.Writer, table external) error {
	rows, err := table.open()
	if err != nil {
		return u.fail(err)
	}
	defer func() { _ = rows.Close() }()
	in := bufio.NewReaderSize(reader{rows, u}, copySize)
	columns, err := rowbinary.CutHeader(in)
	if err != nil {
		return u.fail(err)
	}
	if !slices.Equal(columns, table.columns) {
		return u.fail(fault.New(fault.Failed, "the result of cell %q has other columns than it was declared with", table.name))
	}
	if hasCalendar(columns) {
		return u.fail(copyChecked(part, table, in))
	}
	_, err = in.WriteTo(part)
	return err
}

// copySize is how much of a table is read at once.
const copySize = 256 << 10

// reader tells errors of the rows from those of the connection they go into.
type reader struct {
	rows   io.Reader
	upload *upload
}

func (r reader) Read(p []byte) (int, error) {
	n, err := r.rows.Read(p)
	if err != nil && err != io.EOF {
		return n, r.upload.fail(err)
	}
	return n, err
}

func (u *upload) fail(err error) error {
	if errors.Is(err, io.ErrClosedPipe) {
		return err // the request has ended, and says why
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.err = err
	return err
}

func (u *upload) failure() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.err
}
