package api

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// failing is an object whose storage goes away behind so many bytes.
type failing struct {
	*strings.Reader
	left int
}

func (f *failing) Read(data []byte) (int, error) {
	if f.left <= 0 {
		return 0, errors.New("the storage is gone")
	}
	n, err := f.Reader.Read(data[:min(len(data), f.left)])
	f.left -= n
	return n, err
}

func (f *failing) Close() error       { return nil }
func (f *failing) ModTime() time.Time { return time.Unix(1_700_000_000, 0) }

// However a file travels, one whose storage failed half-way never looks whole to who gets it.
func TestAFileCutShortDoesNotLookWhole(t *testing.T) {
	t.Parallel()
	content := strings.Repeat("1,2,3\n", 100_000)
	for name, accepted := range map[string]string{"plain": "identity", "packed": "gzip"} {
		for left, whole := range map[int]bool{len(content): true, len(content) / 2: false, 0: false} {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/csv")
				file := jobs.File{Artifact: runner.Artifact{Name: "rows.csv", SHA256: "abc"}}
				serveFile(w, r, file, &failing{strings.NewReader(content), left})
			}))
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Accept-Encoding", accepted)
			response, err := server.Client().Do(request)
			if err == nil {
				_, err = io.Copy(io.Discard, response.Body)
				_ = response.Body.Close()
			}
			if (err == nil) != whole {
				t.Errorf("%s, %d of %d bytes: got %v", name, left, len(content), err)
			}
			server.Close()
		}
	}
}

func TestWhatCountsAsTheRestOfAFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wanted, condition string
		rest              bool
	}{
		{"", "", false}, {"bytes=0-", "", false}, {"bytes= 0-99", "", false}, {"bytes=00-99", "", false}, {"bytes=100-", "", true}, {"bytes=1-", "", true},
		{"bytes=100-200", "", true}, {"bytes=-5", "", false}, {"bytes=-999999999", "", false}, {"bytes=100-,0-99", "", false},
		{"bytes=99999999999999999999-", "", false}, {"lines=1-", "", false}, {"bytes=100-", `"another"`, false},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/d/x", nil)
		if c.wanted != "" {
			request.Header.Set("Range", c.wanted)
		}
		if c.condition != "" {
			request.Header.Set("If-Range", c.condition)
		}
		if goesOn(request) != c.rest {
			t.Errorf("%q, If-Range %q: got %v", c.wanted, c.condition, !c.rest)
		}
	}
}
