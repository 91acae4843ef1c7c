package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/engine/internal/chdb"
)

func (s *Server) answer(w http.ResponseWriter, r *http.Request, req *request) {
	h := w.Header()
	h.Set("X-ClickHouse-Query-Id", req.id)
	h.Set("X-ClickHouse-Timezone", s.timezone)
	h.Set("X-ClickHouse-Format", formatOf(req.statement, req.format))
	if isHello(req) {
		s.answerHello(w, r, req)
		return
	}
	leave, err := s.running.enter(r.Context(), req.id)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer leave()
	conn, err := s.session(req)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer conn.Close()
	finished := s.killWhenGone(r.Context(), req.id)
	defer finished()
	if req.statement.Reads() || req.statement.First() == "KILL" {
		s.answerRows(w, req, conn)
		return
	}
	s.answerDone(w, req, conn)
}

// session opens a connection and prepares it. readonly comes last, since nothing can be set behind it.
func (s *Server) session(req *request) (*chdb.Conn, error) {
	conn, err := s.Connect()
	if err != nil {
		return nil, exception(210, "NETWORK_ERROR", "%s", err)
	}
	if err := prepare(conn, req); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

func prepare(conn *chdb.Conn, req *request) error {
	if req.database != "" && req.database != "default" {
		if _, _, err := conn.Exec("USE "+sqltext.ClickHouse.Name(req.database), "Null"); err != nil {
			return err
		}
	}
	set := []string{idSetting + " = " + sqltext.ClickHouse.Literal(req.id), "implicit_select = 0"}
	for _, v := range req.settings {
		set = append(set, sqltext.ClickHouse.Name(v.name)+" = "+sqltext.ClickHouse.Literal(v.value))
	}
	if _, _, err := conn.Exec("SET "+strings.Join(set, ", "), "Null"); err != nil {
		return err
	}
	for i := range req.tables {
		if err := req.tables[i].load(conn); err != nil {
			return err
		}
	}
	if req.readonly == "" {
		return nil
	}
	_, _, err := conn.Exec("SET readonly = "+sqltext.ClickHouse.Literal(req.readonly), "Null")
	return err
}

// answerDone runs what has no result: INSERT, DDL, SET.
func (s *Server) answerDone(w http.ResponseWriter, req *request, conn *chdb.Conn) {
	sql := rewritten(req.statement)
	if req.data != nil {
		path, err := req.data.path()
		if err != nil {
			s.refuse(w, err)
			return
		}
		sql = fromFile(req.statement, path)
	}
	if req.data != nil && req.data.size == 0 {
		return
	}
	begun := time.Now()
	out, stats, err := conn.Exec(sql, req.format, req.params...)
	if err != nil {
		s.refuse(w, err)
		return
	}
	w.Header().Set("X-ClickHouse-Summary", summary(stats, time.Since(begun)))
	_, _ = w.Write(out)
}

// killWhenGone stops the query when the client has gone. finished must be called when the query has ended.
func (s *Server) killWhenGone(ctx context.Context, id string) (finished func()) {
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { s.kill(id, done) })
	return func() { stop(); close(done) }
}
