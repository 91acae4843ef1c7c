package server

import (
	"time"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// killAgain is how long a killed query has to go before it is killed again: it may not have been in the list yet.
const killAgain = 100 * time.Millisecond

// kill stops the query with the client's id and returns when done is closed.
func (s *Server) kill(id string, done <-chan struct{}) {
	conn, err := s.Connect()
	if err != nil {
		s.Logger.Error("a query whose client has gone cannot be stopped", "query_id", id, "error", err)
		return
	}
	defer conn.Close()
	again := time.NewTicker(killAgain)
	defer again.Stop()
	for {
		if _, _, err := conn.Exec("KILL QUERY WHERE Settings['"+idSetting+"'] = "+sqltext.ClickHouse.Literal(id)+" ASYNC", "Null"); err != nil {
			s.Logger.Error("a query whose client has gone cannot be stopped", "query_id", id, "error", err)
		}
		select {
		case <-done:
			return
		case <-again.C:
		}
	}
}
