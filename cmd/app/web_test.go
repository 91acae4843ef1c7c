package app

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// What /metrics tells, such as which reports there are, can be kept from strangers.
func TestMetricsAskForTheirToken(t *testing.T) {
	t.Parallel()
	inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	for _, c := range []struct {
		token, sent string
		want        int
	}{
		{"", "", http.StatusOK}, {"secret", "Bearer secret", http.StatusOK}, {"secret", "", http.StatusUnauthorized},
		{"secret", "Bearer ", http.StatusUnauthorized}, {"secret", "Bearer secrets", http.StatusUnauthorized}, {"secret", "secret", http.StatusUnauthorized},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
		if c.sent != "" {
			request.Header.Set("Authorization", c.sent)
		}
		answer := httptest.NewRecorder()
		MetricsConfig{c.token}.guarded(inner).ServeHTTP(answer, request)
		if answer.Code != c.want {
			t.Errorf("token %q, sent %q: %d", c.token, c.sent, answer.Code)
		}
	}
}
