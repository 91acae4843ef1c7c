package server

import (
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/engine/internal/chdb"
)

// table is an external table: rows that travel with a query.
type table struct {
	name, structure, format string
	data                    *spooled
}

// readParts reads a multipart request: files are tables, fields are parameters as if they stood in the URL.
func (s *Server) readParts(r *http.Request, form url.Values, req *request) (string, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return "", bodyError(err)
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", bodyError(err)
		}
		if err := s.readPart(part, form, req); err != nil {
			return "", err
		}
	}
	for i := range req.tables {
		if err := req.tables[i].describe(form); err != nil {
			return "", err
		}
	}
	return form.Get("query"), nil
}

func (s *Server) readPart(part *multipart.Part, form url.Values, req *request) error {
	name := part.FormName()
	if !isFile(part) {
		text, err := readText(part, "form field "+name)
		if err != nil {
			return err
		}
		form.Set(name, text)
		return nil
	}
	data, err := s.spool(part)
	if err != nil {
		return err
	}
	req.tables = append(req.tables, table{name: name, data: data})
	return nil
}

// isFile tells a table from a field: a table's part has a file name, which may be empty.
func isFile(part *multipart.Part) bool {
	return strings.Contains(strings.ToLower(part.Header.Get("Content-Disposition")), "filename")
}

var formatName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

func (t *table) describe(form url.Values) error {
	t.format = orElse(form.Get(t.name+"_format"), "TabSeparated")
	if !formatName.MatchString(t.format) {
		return exception(73, "UNKNOWN_FORMAT", "Unknown format %s of the external table %s", t.format, t.name)
	}
	t.structure = form.Get(t.name + "_structure")
	if types := form.Get(t.name + "_types"); t.structure == "" && types != "" {
		t.structure = structureOf(types)
	}
	if t.structure == "" {
		return exception(36, "BAD_ARGUMENTS", "Neither %[1]s_structure nor %[1]s_types tells the columns of the external table", t.name)
	}
	if !balanced(t.structure) {
		return exception(62, "SYNTAX_ERROR", "Syntax error in the structure of the external table %s", t.name)
	}
	return nil
}

// structureOf names the columns as ClickHouse does: _1, _2, …
func structureOf(types string) string {
	var out strings.Builder
	out.WriteString("_1 ")
	column := 1
	for _, t := range sqltext.ClickHouse.Tokens(types) {
		if t.Depth == 0 && t.IsSign(",") {
			column++
			out.WriteString(", _" + strconv.Itoa(column) + " ")
			continue
		}
		out.WriteString(types[t.Start:t.End] + " ")
	}
	return out.String()
}

// balanced tells whether the text stays within the brackets it will be put in.
func balanced(text string) bool {
	open := 0
	for _, t := range sqltext.ClickHouse.Tokens(text) {
		switch {
		case t.IsSign(";"):
			return false
		case t.IsSign("("):
			open++
		case t.IsSign(")"):
			if open--; open < 0 {
				return false
			}
		}
	}
	return open == 0
}

// inMemory is up to which size a table is kept in memory; larger ones go to disk.
const inMemory = 8 << 20

// loadSettings keep a large table from being gathered in memory before it is written.
const loadSettings = "min_insert_block_size_bytes = 33554432, min_insert_block_size_rows = 500000"

// load makes the table in the session of the connection.
func (t *table) load(conn *chdb.Conn) error {
	engine := "MergeTree ORDER BY tuple()"
	if t.data.size <= inMemory {
		engine = "Memory"
	}
	name := sqltext.ClickHouse.Name(t.name)
	if _, _, err := conn.Exec("CREATE TEMPORARY TABLE "+name+" ("+t.structure+"\n) ENGINE = "+engine, "Null"); err != nil {
		return err
	}
	if t.data.size == 0 {
		return nil
	}
	path, err := t.data.path()
	if err != nil {
		return err
	}
	_, _, err = conn.Exec("INSERT INTO "+name+" FROM INFILE "+sqltext.ClickHouse.Literal(path)+" COMPRESSION 'none' SETTINGS "+loadSettings+
		" FORMAT "+t.format, "Null")
	return err
}
