package api

import (
	"errors"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Paths of signing in through an identity provider. The browser goes there itself, so that they are outside of the document.
const (
	oidcStart    = "/auth/oidc/start"
	oidcCallback = "/auth/oidc/callback"
)

func (s *server) signOn(engine *gin.Engine) {
	if s.SignOn == nil {
		return
	}
	engine.GET(oidcStart, s.throttle, s.startOIDC)
	engine.GET(oidcCallback, s.throttle, s.finishOIDC)
}

func (s *server) startOIDC(c *gin.Context) {
	redirect, kept, err := s.SignOn.Start(c, c.Query("next"))
	if err != nil {
		s.failPage(c, err)
		return
	}
	c.Header("Set-Cookie", s.setCookie(oidcName, kept, s.SignOn.Life()))
	c.Redirect(http.StatusSeeOther, redirect)
}

func (s *server) finishOIDC(c *gin.Context) {
	c.Writer.Header().Add("Set-Cookie", s.setCookie(oidcName, "", 0))
	token, next, err := s.SignOn.Finish(c, c.Request, s.cookie(c.Request, oidcName), originOf(c))
	if err != nil {
		s.failPage(c, err)
		return
	}
	c.Writer.Header().Add("Set-Cookie", s.sessionCookie(token))
	c.Redirect(http.StatusSeeOther, next)
}

var failurePage = template.Must(template.New("failure").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vitrina: {{ .Title }}</title>
<h1>{{ .Title }}</h1>
<p>{{ .Detail }}</p>
<p><a href="/">Back to Vitrina</a></p>
</html>
`))

// failPage tells a person whose browser came here by itself what went wrong.
func (s *server) failPage(c *gin.Context, err error) {
	problem := problemOf(err, visitOf(c).id)
	if problem.Status >= http.StatusInternalServerError {
		s.logFailure(c, err)
	}
	if fault.CodeOf(err) == fault.Unauthenticated {
		problem.Title = "Signing in did not work"
	}
	c.Header("Content-Type", "text/html; charset=utf-8")
	c.Status(problem.Status)
	if err := failurePage.Execute(c.Writer, problem); err != nil {
		_ = c.Error(errors.Join(errors.New("write the page"), err))
	}
}
