package server

import (
	"net/http"
	"strconv"
	"strings"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

// hello is what clickhouse-go asks first. It reads the answer as of its own protocol revision, and everything behind it as of
// the revision in the answer: 0 makes that plain Native blocks, which is what the engine writes.
const hello = "SELECT displayName(), version(), revision(), timezone()"

func isHello(req *request) bool {
	return req.format == "Native" && strings.TrimSpace(req.statement.Text) == hello
}

func (s *Server) answerHello(w http.ResponseWriter, r *http.Request, req *request) {
	revision, _ := strconv.ParseUint(r.URL.Query().Get("client_protocol_version"), 10, 64)
	data, err := s.helloBlock(revision)
	s.newOutput(w, req).finish(outcome{err: err}, data)
}

func (s *Server) helloBlock(revision uint64) ([]byte, error) {
	block := proto.NewBlock()
	block.ServerContext = &column.ServerContext{}
	names := []string{"displayName()", "version()", "revision()", "timezone()"}
	for _, name := range names {
		kind := column.Type("String")
		if name == "revision()" {
			kind = "UInt32"
		}
		if err := block.AddColumn(name, kind); err != nil {
			return nil, err
		}
	}
	if err := block.Append(displayName, s.version, uint32(0), s.timezone); err != nil {
		return nil, err
	}
	var buffer chproto.Buffer
	err := block.Encode(&buffer, revision)
	return buffer.Buf, err
}
