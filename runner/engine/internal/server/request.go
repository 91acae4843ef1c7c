package server

import (
	"net/http"
	"net/url"
	"sort"
	"strings"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/engine/internal/chdb"
)

// request is one HTTP request, read to its end: what a client has not sent wholly never reaches the engine.
type request struct {
	statement sqltext.Statement
	id        string
	database  string
	format    string
	readonly  string
	settings  []setting
	params    []chdb.Param
	tables    []table
	// data is what an INSERT brings in the body; nil without any.
	data *spooled
	// wait asks for the whole result before the first byte.
	wait bool
	// blocks asks for the output in ClickHouse's own compressed blocks.
	blocks   bool
	encoding string
	// sources are the table functions that a read-only request may not call.
	sources map[string]bool
}

type setting struct{ name, value string }

// handled are parameters of the protocol, which are no settings.
var handled = map[string]bool{
	"query": true, "database": true, "default_format": true, "query_id": true, "quota_key": true, "user": true, "password": true,
	"role": true, "profile": true, "session_id": true, "session_timeout": true, "session_check": true, "stacktrace": true,
	"compress": true, "decompress": true, "client_protocol_version": true, "wait_end_of_query": true, "buffer_size": true,
	"readonly": true, "enable_http_compression": true,
	// An INSERT here is always waited for, which is more than these ask.
	"async_insert": true, "wait_for_async_insert": true, "async_insert_max_data_size": true, "async_insert_busy_timeout_ms": true,
	// Ids are ours to compare, see registry.
	"replace_running_query": true,
}

// parse reads a request. Its spooled files are removed by close.
func (s *Server) parse(r *http.Request) (*request, error) {
	form := r.URL.Query()
	req := &request{sources: s.sources}
	body, err := s.readBody(r, form, req)
	if err == nil {
		err = req.fill(r, form, body)
	}
	if err != nil {
		req.close()
		return nil, err
	}
	return req, nil
}

func (req *request) fill(r *http.Request, form url.Values, sql string) error {
	statement, count := sqltext.ClickHouse.Parse(sql)
	switch {
	case count == 0:
		return exception(62, "SYNTAX_ERROR", "Syntax error: the query is empty")
	case count > 1:
		return exception(62, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed): send one statement at a time")
	}
	req.statement = statement
	req.id = orElse(form.Get("query_id"), uuid.NewString())
	req.database = orElse(form.Get("database"), r.Header.Get("X-ClickHouse-Database"))
	req.format = orElse(form.Get("default_format"), orElse(r.Header.Get("X-ClickHouse-Format"), "TabSeparated"))
	req.readonly = form.Get("readonly")
	if req.readonly == "" && r.Method == http.MethodGet {
		req.readonly = "2"
	}
	req.wait = isOn(form.Get("wait_end_of_query"))
	req.blocks = isOn(form.Get("compress"))
	if isOn(form.Get("enable_http_compression")) {
		req.encoding = chooseEncoding(r.Header.Get("Accept-Encoding"))
	}
	req.readSettings(form)
	return req.statementAllowed()
}

func (req *request) readSettings(form url.Values) {
	tables := map[string]bool{}
	for _, t := range req.tables {
		for _, suffix := range []string{"_format", "_structure", "_types"} {
			tables[t.name+suffix] = true
		}
	}
	for name := range form {
		value := form.Get(name)
		if param, ok := strings.CutPrefix(name, "param_"); ok {
			req.params = append(req.params, chdb.Param{Name: param, Value: value})
		} else if !handled[name] && !tables[name] {
			req.settings = append(req.settings, setting{name, value})
		}
	}
	sort.Slice(req.settings, func(i, j int) bool { return req.settings[i].name < req.settings[j].name })
}

func (req *request) isReadonly() bool { return req.readonly != "" && req.readonly != "0" }

func (req *request) close() {
	if req.data != nil {
		req.data.close()
	}
	for _, t := range req.tables {
		t.data.close()
	}
}

// readBody gives the SQL of the request and spools everything else.
func (s *Server) readBody(r *http.Request, form url.Values, req *request) (string, error) {
	if isMultipart(r) {
		return s.readParts(r, form, req)
	}
	body, err := decoded(r, form)
	if err != nil {
		return "", err
	}
	query := form.Get("query")
	if expectsData(query) {
		req.data, err = s.spool(body)
		return query, err
	}
	text, err := readText(body, "query")
	if err != nil {
		return "", err
	}
	if query != "" && len(text) > 0 {
		query += "\n"
	}
	return query + text, nil
}

// expectsData tells whether the SQL is an INSERT whose rows come behind it.
func expectsData(sql string) bool {
	statement, count := sqltext.ClickHouse.Parse(sql)
	if count != 1 || statement.First() != "INSERT" || statement.Keyword("SELECT") >= 0 {
		return false
	}
	last := len(statement.Tokens) - 1
	return statement.Tokens[last].Is("VALUES") || statement.Keyword("FORMAT") == last-1
}

func orElse(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}

func isOn(value string) bool { return value == "1" || value == "true" }
