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
		{"", "", http.StatusForbidden}, {"secret", "Bearer secret", http.StatusOK}, {"secret", "", http.StatusUnauthorized},
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

// Without a token, metrics are for those who stand near, and a proxy's word does not bring anybody nearer.
func TestMetricsAreForThoseNearby(t *testing.T) {
	t.Parallel()
	inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	for _, c := range []struct {
		from, forwarded string
		want            int
	}{
		{"127.0.0.1:4000", "", http.StatusOK}, {"[::1]:4000", "", http.StatusOK}, {"10.1.2.3:4000", "", http.StatusOK},
		{"[::ffff:192.168.1.7]:4000", "", http.StatusOK}, {"[fd00::7]:4000", "", http.StatusOK},
		{"203.0.113.9:4000", "", http.StatusForbidden}, {"[2001:db8::1]:4000", "", http.StatusForbidden}, {"@", "", http.StatusForbidden},
		{"127.0.0.1:4000", "203.0.113.9", http.StatusForbidden}, {"203.0.113.9:4000", "127.0.0.1", http.StatusForbidden},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
		request.RemoteAddr = c.from
		if c.forwarded != "" {
			request.Header.Set("X-Forwarded-For", c.forwarded)
		}
		answer := httptest.NewRecorder()
		MetricsConfig{}.guarded(inner).ServeHTTP(answer, request)
		if answer.Code != c.want {
			t.Errorf("from %s, forwarded for %q: %d", c.from, c.forwarded, answer.Code)
		}
	}
}
