package enginetest

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Ask runs the query on the shared engine over plain HTTP, past any driver, and returns the answer as the format writes it. Moments
// without a zone are in UTC, unless the settings say otherwise.
func Ask(tb testing.TB, format string, settings map[string]string, query string) []byte {
	tb.Helper()
	endpoint, err := Shared(tb).Endpoint(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	values := url.Values{"default_format": {format}, "session_timezone": {"UTC"}}
	for name, value := range settings {
		values.Set(name, value)
	}
	request, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, "http://"+endpoint.Addr+"/?"+values.Encode(), strings.NewReader(query))
	if err != nil {
		tb.Fatal(err)
	}
	request.SetBasicAuth(endpoint.User, endpoint.Password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		tb.Fatalf("%s\n%s %.500s %v", query, response.Status, body, err)
	}
	return body
}
