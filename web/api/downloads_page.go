package api

import (
	"context"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// signInPage is where people sign in; it takes them to next afterwards.
const signInPage = "/sign-in?next="

var refusalPage = template.Must(template.New("refusal").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Vitrina</title></head>
<body>
<h1>The file was not opened</h1>
<p>{{.Detail}}</p>
{{with .SignIn}}<p><a href="{{.}}">Sign in</a></p>
{{end}}</body>
</html>
`))

// refuseDownload tells people in a browser with a page, and programs with a problem.
func (s *server) refuseDownload(c *gin.Context, err error) {
	c.Header("Cache-Control", "no-store")
	if !wantsPage(c.Request) {
		s.fail(c, err)
		return
	}
	problem := problemOf(err, visitOf(c).id)
	if problem.Status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		s.log.LogAttrs(c, slog.LevelError, "a download failed", slog.String("request", visitOf(c).id), slog.Any("error", cause(err)))
	}
	c.Abort()
	c.Header("Content-Type", "text/html; charset=utf-8")
	c.Status(problem.Status)
	_ = refusalPage.Execute(c.Writer, struct{ Detail, SignIn string }{problem.Detail, signInAddress(c, problem.Code)}) // the client is gone
}

// signInAddress is empty where signing in would not help.
func signInAddress(c *gin.Context, code wire.ProblemCode) string {
	if code != wire.ProblemCode(fault.Unauthenticated) {
		return ""
	}
	return signInPage + url.QueryEscape(c.Request.URL.Path)
}

// wantsPage tells somebody's browser from a program.
func wantsPage(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}
