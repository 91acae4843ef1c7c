package api

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

// begin gives the request its number.
func (s *server) begin(c *gin.Context) {
	v := &visit{id: uuid.Must(uuid.NewV7()).String(), address: c.ClientIP(), agent: c.Request.UserAgent()}
	c.Request = c.Request.WithContext(withVisit(c.Request.Context(), v))
	c.Header("X-Request-Id", v.id)
	c.Next()
}

// logged writes a line per request. Neither queries nor tokens in paths are in it.
func (s *server) logged(c *gin.Context) {
	started := s.Now()
	c.Next()
	took := s.Now().Sub(started)
	if s.Observe != nil {
		s.Observe(c, c.Request.Method, cmp.Or(c.FullPath(), "elsewhere"), c.Writer.Status(), took)
	}
	v := visitOf(c)
	attrs := []slog.Attr{
		slog.String("request", v.id), slog.String("method", c.Request.Method), slog.String("path", loggedPath(c)),
		slog.Int("status", c.Writer.Status()), slog.Int("bytes", max(0, c.Writer.Size())),
		slog.Int64("ms", took.Milliseconds()), slog.String("address", v.address),
	}
	if v.actor != nil {
		attrs = append(attrs, slog.String("person", v.actor.ID), slog.String("via", string(v.actor.Via)))
	}
	s.log.LogAttrs(c, slog.LevelInfo, "request", attrs...)
}

func loggedPath(c *gin.Context) string {
	if strings.HasPrefix(c.Request.URL.Path, "/d/") {
		return "/d/…"
	}
	return c.Request.URL.Path
}

// recovered answers a panic with a problem that tells nothing of it. A handler that is to be cut off stays so.
func (s *server) recovered(c *gin.Context) {
	defer func() {
		switch thrown := recover(); thrown {
		case nil:
		case http.ErrAbortHandler:
			panic(thrown)
		default:
			s.log.LogAttrs(c, slog.LevelError, "a request panicked", slog.String("request", visitOf(c).id),
				slog.String("panic", fmt.Sprint(thrown)), slog.String("stack", string(debug.Stack())))
			s.fail(c, fmt.Errorf("panic: %v", thrown))
		}
	}()
	c.Next()
}

// headers keep browsers from guessing types, framing pages, telling others where one was and keeping answers.
func (s *server) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	if s.encrypted() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if strings.HasPrefix(c.Request.URL.Path, "/api/") || strings.HasPrefix(c.Request.URL.Path, "/auth/") {
		h.Set("Cache-Control", "no-store")
	}
	c.Next()
}
