package embedded

import (
	"bufio"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// journal reads what a server says: it tells the log what is fatal, and keeps the last lines for the sentence about a failed start.
type journal struct {
	logger *slog.Logger

	mu   sync.Mutex
	kept []line
}

// line of Postgres' log. Code is its SQLSTATE, empty where Postgres wrote without one.
type line struct{ code, level, text string }

const keptLines = 20

var (
	lineForm = regexp.MustCompile(`^([0-9A-Z]{5}) ([A-Z]+):  (.*)`)
	// expected are the codes of fatal lines that are about the end of a connection or a server that is not ready, not about a failure.
	expected = []string{adminShutdown, crashShutdown, cannotConnectNow}
)

// read takes the log line by line until it ends.
func (j *journal) read(from io.Reader) {
	lines := bufio.NewReader(from)
	for {
		text, err := lines.ReadString('\n')
		if text != "" {
			j.take(strings.TrimRight(text, "\n"))
		}
		if err != nil {
			return
		}
	}
}

func (j *journal) take(text string) {
	l := line{text: text}
	if parts := lineForm.FindStringSubmatch(text); parts != nil {
		l = line{code: parts[1], level: parts[2], text: parts[3]}
	}
	if l.text == "" || strings.HasPrefix(l.text, "\t") || slices.Contains(expected, l.code) {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.kept) == keptLines {
		j.kept = slices.Delete(j.kept, 0, 1)
	}
	j.kept = append(j.kept, l)
	if l.fatal() {
		j.logger.Warn("the embedded Postgres says: "+l.text, "level", l.level, "sqlstate", l.code)
	}
}

func (l line) fatal() bool { return l.level == "FATAL" || l.level == "PANIC" }

func (j *journal) lines() []line {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.kept)
}

// explain is the sentence for a server or a program that has ended too early.
func (s *Server) explain(said []line) error {
	reason := reasonAmong(said)
	reason.text = strings.ReplaceAll(reason.text, handedPath, s.cluster())
	switch {
	case contains(said, "No space left on device") && !contains(said, "shared memory"):
		return fault.New(fault.Unavailable, "The disk is full: Postgres has no room left in %s.", s.options.Dir)
	case reason.code == "F0001":
		return fault.New(fault.Unavailable, "The Postgres in %s is in use by another process: %s", s.options.Dir, reason.text)
	case strings.HasPrefix(reason.code, "XX00"), reason.code == "58P01", contains(said, "pg_control"), contains(said, "checkpoint record"):
		return s.damaged(reason.text)
	}
	return fault.New(fault.Unavailable, "The embedded Postgres of %s does not start: %s", s.options.Dir, reason.text)
}

// reasonAmong is the last of the gravest lines.
func reasonAmong(said []line) line {
	reason := line{text: "it ended without a word"}
	for _, l := range said {
		if l.gravity() >= reason.gravity() {
			reason = l
		}
	}
	return reason
}

func (l line) gravity() int {
	switch {
	case l.fatal():
		return 3
	case l.level == "ERROR", strings.Contains(l.text, "error: "), strings.Contains(l.text, "could not"):
		return 2
	case l.level == "":
		return 1
	}
	return 0
}

func (s *Server) damaged(reason string) error {
	return fault.New(fault.Unavailable, "The data in %s is damaged (%s): restore a backup into an empty folder.", s.cluster(), reason)
}

func contains(said []line, text string) bool {
	return slices.ContainsFunc(said, func(l line) bool { return strings.Contains(l.text, text) })
}
