package server

import (
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/ClickHouse/ch-go/compress"
	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

func isMultipart(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// decoded is the body without its Content-Encoding, and without the blocks of decompress=1.
func decoded(r *http.Request, form url.Values) (io.Reader, error) {
	body, err := decodedAs(r.Header.Get("Content-Encoding"), r.Body)
	if err != nil {
		return nil, bodyError(err)
	}
	if isOn(form.Get("decompress")) {
		return blockReader{compress.NewReader(body)}, nil
	}
	return body, nil
}

// blockReader ends as readers do: the codec wraps the end of its input.
type blockReader struct{ from io.Reader }

func (b blockReader) Read(data []byte) (int, error) {
	n, err := b.from.Read(data)
	if errors.Is(err, io.EOF) {
		err = io.EOF
	}
	return n, err
}

func decodedAs(encoding string, body io.Reader) (io.Reader, error) {
	switch strings.ToLower(encoding) {
	case "", "identity":
		return body, nil
	case "gzip":
		return gzip.NewReader(body)
	case "deflate":
		return zlib.NewReader(body)
	case "br":
		return brotli.NewReader(body), nil
	case "zstd":
		return zstd.NewReader(body, zstd.WithDecoderConcurrency(1))
	}
	return nil, exception(48, "NOT_IMPLEMENTED", "Unknown Content-Encoding %q; gzip, deflate, br and zstd are known", encoding)
}

// maxText bounds what is kept in memory: SQL, settings, parameters.
const maxText = 64 << 20

// readText reads a text to its end, and refuses one that is too long.
func readText(from io.Reader, what string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(from, maxText+1))
	if err != nil {
		return "", bodyError(err)
	}
	if len(text) > maxText {
		return "", exception(307, "TOO_MANY_BYTES", "The %s is longer than %d MiB; the rows of an INSERT may be, behind a query in the address",
			what, maxText>>20)
	}
	return string(text), nil
}

// bodyError words that a body could not be read to its end.
func bodyError(err error) error {
	var known *Exception
	if errors.As(err, &known) {
		return known
	}
	return exception(210, "NETWORK_ERROR", "The body of the request could not be read to its end: %s", err)
}
