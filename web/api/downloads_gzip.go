package api

import (
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// leastPacked is the size from which packing a file for the way is worth it.
const leastPacked = 1024

// packable are the files that get much smaller on the way; the others are packed already.
func packable(name string) bool {
	return slices.Contains([]string{".csv", ".json"}, strings.ToLower(path.Ext(name)))
}

// takesGzip tells whether the client wants it (RFC 9110, 12.5.3).
func takesGzip(request *http.Request) bool {
	takes := false
	for _, line := range request.Header.Values("Accept-Encoding") {
		for element := range strings.SplitSeq(line, ",") {
			coding, weight, _ := strings.Cut(element, ";")
			switch strings.ToLower(strings.TrimSpace(coding)) {
			case "gzip", "x-gzip":
				return weighs(weight)
			case "*":
				takes = weighs(weight)
			}
		}
	}
	return takes
}

// weighs is false for q=0, which means never.
func weighs(weight string) bool {
	name, value, _ := strings.Cut(strings.TrimSpace(weight), "=")
	if !strings.EqualFold(strings.TrimSpace(name), "q") {
		return true
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err != nil || q > 0
}

// packer packs the body of a whole answer; other answers go through as they are. It is closed when all was written.
type packer struct {
	http.ResponseWriter
	body *gzip.Writer
}

// WriteHeader takes back what holds for the file as it is kept, but not for the packed bytes.
func (p *packer) WriteHeader(status int) {
	header := p.Header()
	header.Del("Accept-Ranges")
	if status != http.StatusOK {
		header.Del("Content-Encoding")
	}
	p.ResponseWriter.WriteHeader(status)
}

func (p *packer) Write(data []byte) (int, error) {
	if p.Header().Get("Content-Encoding") == "" {
		return p.ResponseWriter.Write(data)
	}
	if p.body == nil {
		p.body, _ = gzip.NewWriterLevel(p.ResponseWriter, gzip.BestSpeed) // the level is a valid one
	}
	return p.body.Write(data)
}

func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

func (p *packer) Close() error {
	if p.body == nil {
		return nil
	}
	return p.body.Close()
}
