package engine_test

import (
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// A syntax error shows the text that was sent, not what the engine puts behind it.
func TestSyntaxErrorsQuoteWhatWasSent(t *testing.T) {
	t.Parallel()
	endpoint := enginetest.Endpoint(t)
	for sql, want := range map[string]string{
		"SELECT 1 +":                 "failed at position 11 (end of query)",
		"SELECT 1 FROM t GROUP":      "failed at position 22 (end of query)",
		"SELECT 1 1":                 "failed at position 10 (1)",
		"SELECT (1":                  "Unmatched parentheses",
		"SELECT 'abc":                "failed at position 8 ('abc)",
		"SELECT 1 1 FORMAT CSV":      "failed at position 10 (1)",
		"SELECT 1 WHERE FORMAT JSON": "Syntax error",
	} {
		status, text, _ := post(t, endpoint, "readonly=1", sql)
		if status == 200 || !strings.Contains(text, want) || !strings.Contains(text, "Code: 62.") {
			t.Errorf("%s: got %s", sql, text)
		}
		for _, ours := range []string{"/proc/", "TRUNCATE", "COMPRESSION"} {
			if strings.Contains(text, ours) {
				t.Errorf("%s: %s is told: %s", sql, ours, text)
			}
		}
	}
}
