package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// find tells the operation by its route.
func (s *server) find(c *gin.Context) {
	op := s.operations[c.Request.Method+" "+c.FullPath()]
	if op == nil {
		s.elsewhere(c)
		return
	}
	visitOf(c).operation = op
}

// authenticate finds out who acts, unless the operation is public.
func (s *server) authenticate(c *gin.Context) {
	v := visitOf(c)
	if slices.Contains(v.operation.Access, "public") {
		return
	}
	actor, err := s.actor(c, v.address)
	if err != nil {
		s.fail(c, err)
		return
	}
	v.actor = actor
}

// actor is who the request's token or cookie stands for. A token goes before a cookie.
func (s *server) actor(c *gin.Context, address string) (*people.Actor, error) {
	if header := c.GetHeader("Authorization"); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return nil, fault.New(fault.Unauthenticated, "Send the API token as Authorization: Bearer vtr_….")
		}
		return s.Accounts.AuthenticateToken(c, strings.TrimSpace(token), address)
	}
	if token := s.cookie(c.Request, sessionName); token != "" {
		return s.Accounts.Authenticate(c, token, address)
	}
	return nil, fault.New(fault.Unauthenticated, "Sign in first.")
}

// protect makes what keeps other sites' pages from acting with a person's cookie.
func (s *server) protect() error {
	s.origins = http.NewCrossOriginProtection()
	if s.PublicURL == nil {
		return nil
	}
	return s.origins.AddTrustedOrigin(s.PublicURL.Scheme + "://" + s.PublicURL.Host)
}

// sameOrigin refuses changes that a page of another site asks for. Requests with a token carry nothing a browser adds by itself.
func (s *server) sameOrigin(c *gin.Context) {
	if c.GetHeader("Authorization") != "" {
		return
	}
	if err := s.origins.Check(c.Request); err != nil {
		s.fail(c, fault.New(fault.Forbidden, "This request comes from a page of another site, which may not act for you."))
	}
}
