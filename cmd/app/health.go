package app

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// check is one part that must work for the service to be ready.
type check struct {
	name string
	ask  func(ctx context.Context) error
}

// checkTime is how long a part may take to answer.
const checkTime = 3 * time.Second

// alive answers as long as the process does.
func alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// ready tells whether requests can be served, and otherwise which part cannot and why: 200 or 503 with {part: "ok" or a sentence}.
// Sources are no part of it: without one of them the rest goes on.
func ready(checks []check) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answers, status := map[string]string{}, http.StatusOK
		for _, c := range checks {
			ctx, cancel := context.WithTimeout(r.Context(), checkTime)
			answers[c.name] = "ok"
			if err := c.ask(ctx); err != nil {
				answers[c.name], status = err.Error(), http.StatusServiceUnavailable
			}
			cancel()
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(answers)
	}
}
