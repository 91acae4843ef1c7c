package server

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/runner/engine/internal/chdb"
)

// held is how much of a result is held back before the status goes out, so that an early error has a status of its own.
const held = 64 << 10

// outcome of a statement whose rows went through a pipe.
type outcome struct {
	stats chdb.Stats
	err   error
}

// answerRows streams the result: what the engine writes into the pipe goes to the client as it comes.
func (s *Server) answerRows(w http.ResponseWriter, req *request, conn *chdb.Conn) {
	reader, writer, err := os.Pipe()
	if err != nil {
		s.refuse(w, exception(75, "CANNOT_WRITE_TO_FILE_DESCRIPTOR", "%s", err))
		return
	}
	growPipe(writer)
	sql := intoFile(req.statement, rewritten(req.statement), descriptorPath(writer), req.format)
	ended := make(chan outcome, 1)
	go func() {
		_, stats, err := conn.Exec(sql, req.format, req.params...)
		if isSyntaxError(err) {
			err = asWritten(conn, req, err)
		}
		writer.Close()
		ended <- outcome{stats, err}
	}()
	out := s.newOutput(w, req)
	copyErr := out.copy(reader, ended)
	// A client that has gone leaves a pipe without reader, which ends the query.
	reader.Close()
	if copyErr != nil {
		<-ended
	}
}

// isSyntaxError tells an error of the parser from others with its code.
func isSyntaxError(err error) bool {
	return err != nil && asException(err).Code == 62 && strings.Contains(err.Error(), "failed at position")
}

// asWritten is the syntax error of the client's own text, which ends where that ends. What the parser refuses does not run.
func asWritten(conn *chdb.Conn, req *request, otherwise error) error {
	if _, _, err := conn.Exec(rewritten(req.statement), "Null", req.params...); isSyntaxError(err) {
		return err
	}
	return otherwise
}

// summary is the header of this name; in a streamed answer it goes out before the numbers are known.
func summary(stats chdb.Stats, elapsed time.Duration) string {
	return fmt.Sprintf(`{"read_rows":"%d","read_bytes":"%d","written_rows":"0","written_bytes":"0","total_rows_to_read":"0",`+
		`"result_rows":"%d","result_bytes":"0","elapsed_ns":"%d"}`, stats.ReadRows, stats.ReadBytes, stats.ResultRows, elapsed.Nanoseconds())
}

// contentType is what ClickHouse says for the format.
func contentType(format string) string {
	switch format {
	case "CSV", "CSVWithNames", "CSVWithNamesAndTypes":
		return "text/csv; charset=UTF-8; header=" + presence(format != "CSV")
	case "TSV", "TabSeparated", "TSVWithNames", "TabSeparatedWithNames":
		return "text/tab-separated-values; charset=UTF-8"
	case "JSON", "JSONCompact", "JSONStrings", "JSONColumns":
		return "application/json; charset=UTF-8"
	case "JSONEachRow", "JSONCompactEachRow", "NDJSON", "JSONLines":
		return "application/x-ndjson; charset=UTF-8"
	}
	return "application/octet-stream"
}

func presence(yes bool) string {
	if yes {
		return "present"
	}
	return "absent"
}
