package server

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Exception is an error as ClickHouse tells it.
type Exception struct {
	Code int
	// Text is whole: "Code: 60. DB::Exception: … (UNKNOWN_TABLE)", without the version.
	Text string
}

func (e *Exception) Error() string { return e.Text }

func exception(code int, name, format string, args ...any) error {
	return &Exception{Code: code, Text: fmt.Sprintf("Code: %d. DB::Exception: %s. (%s)", code, fmt.Sprintf(format, args...), name)}
}

var (
	codePrefix = regexp.MustCompile(`^Code: (\d+)\. `)
	// nested is an exception whose text was put into another of the same code.
	nested = regexp.MustCompile(`(?s)^Code: (\d+)\. DB::Exception: (Code: (\d+)\. DB::.*?) \(version [^)]*\)\. \([A-Z_]+\)$`)
)

// asException reads the text of an error of the engine; what has no code is ClickHouse's 1002, UNKNOWN_EXCEPTION.
func asException(err error) *Exception {
	var known *Exception
	if errors.As(err, &known) {
		return known
	}
	text := strings.TrimSpace(err.Error())
	if m := nested.FindStringSubmatch(text); m != nil && m[1] == m[3] {
		text = m[2]
	}
	m := codePrefix.FindStringSubmatch(text)
	if m == nil {
		return &Exception{Code: 1002, Text: fmt.Sprintf("Code: 1002. DB::Exception: %s. (UNKNOWN_EXCEPTION)", text)}
	}
	code, _ := strconv.Atoi(m[1])
	return &Exception{Code: code, Text: text}
}

// text is the message as it goes over the wire.
func (s *Server) text(e *Exception) string {
	return fmt.Sprintf("%s (version %s (official build))\n", e.Text, s.version)
}

// refuse answers with the error alone. Nothing may have been written before.
func (s *Server) refuse(w http.ResponseWriter, err error) {
	e := asException(err)
	w.Header().Set("Content-Type", "text/plain; charset=UTF-8")
	w.Header().Set("X-ClickHouse-Exception-Code", strconv.Itoa(e.Code))
	w.Header().Del("Content-Encoding")
	w.WriteHeader(status(e.Code))
	_, _ = io.WriteString(w, s.text(e)) // a client that has gone misses nothing
}

// status is the HTTP status that ClickHouse gives to the code.
func status(code int) int {
	switch code {
	case 516, 192, 193, 194:
		return http.StatusForbidden
	case 497, 164:
		return http.StatusForbidden
	case 62, 457, 456, 36, 26, 27, 6, 41, 69:
		return http.StatusBadRequest
	case 60, 81, 46, 63, 47, 115, 73:
		return http.StatusNotFound
	case 159, 209:
		return http.StatusRequestTimeout
	case 48:
		return http.StatusNotImplemented
	case 202:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// newTag makes the word by which a client knows our exception from data that looks like one.
func newTag() string {
	var random [8]byte
	rand.Read(random[:])
	return hex.EncodeToString(random[:])
}

// interrupt tells the error behind data that has gone out already.
func (s *Server) interrupt(w io.Writer, tag string, err error) {
	text := strings.TrimRight(s.text(asException(err)), "\n")
	fmt.Fprintf(w, "\r\n__exception__\r\n%s\r\n%s\n%d %s\r\n__exception__\r\n", tag, text, len(text)+1, tag)
}
