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

// piece is how much is sent within two pulses at least.
const piece = 256 << 10

// write sends at once. A client that takes nothing for two pulses is given up.
func (s *sse) write(format string, args ...any) bool {
	for text := fmt.Appendf(nil, format, args...); len(text) > 0; {
		_ = s.out.SetWriteDeadline(time.Now().Add(2 * s.pulse)) // not every writer has deadlines
		n := min(len(text), piece)
		if _, err := s.w.Write(text[:n]); err != nil {
			return false
		}
		text = text[n:]
	}
	return s.out.Flush() == nil
}
