package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// sse writes server-sent events.
type sse struct {
	pulse time.Duration

	out *http.ResponseController
	w   http.ResponseWriter
}

// begin answers with the header of a stream.
func (s *sse) begin(w http.ResponseWriter) {
	header := w.Header()
	header.Set("Content-Type", "text/event-stream; charset=utf-8")
	header.Set("Cache-Control", "no-store, no-transform")
	header.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	s.w, s.out = w, http.NewResponseController(w)
}

func (s *sse) event(name, id string, body any) bool {
	data, err := json.Marshal(body) // on one line
	return err == nil && s.write("event: %s\nid: %s\ndata: %s\n\n", name, id, data)
}

// write sends at once. A client that takes nothing for two pulses is given up.
func (s *sse) write(format string, args ...any) bool {
	_ = s.out.SetWriteDeadline(time.Now().Add(2 * s.pulse)) // not every writer has deadlines
	if _, err := fmt.Fprintf(s.w, format, args...); err != nil {
		return false
	}
	return s.out.Flush() == nil
}
