// Package api is the JSON API that openapi.yaml describes: who may call an operation and what it takes are read from that document, the
// types and routes are generated from it, and the files here say what each operation does.
package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/internal/contract"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// Options of New. The services are required.
type Options struct {
	Services
	Reporting

	// PublicURL is where people reach Vitrina, as in https://reports.example.com; nil when it is not known. With https the cookie is
	// only sent encrypted, and single sign-on needs it.
	PublicURL *url.URL
	Version   string
	// Proxies are the addresses and networks (CIDR) whose X-Forwarded-For is believed.
	Proxies []string
	// SessionLife is how long the browser keeps the cookie; 30 days when 0.
	SessionLife time.Duration
	// Rate is how many requests a second one person (or one address, for who has not signed in) may make for long, four times as many
	// at once; 100 when 0.
	Rate int
	// Patience is how long a JSON body may take to arrive, beside a second for each 128 KiB; 10 s when 0.
	Patience time.Duration
	// NoPasswords tells the page for signing in that passwords open nothing.
	NoPasswords bool
	// Pages answers every path that is not the API's, and loosens the Content-Security-Policy it finds set; nil for none.
	Pages http.Handler
	// Observe is told of each request by the pattern of its route; nil for nobody.
	Observe func(ctx context.Context, method, route string, status int, took time.Duration)
	Log     *slog.Logger
	Now     func() time.Time
}

type server struct {
	Options
	log        *slog.Logger
	contract   *contract.Document
	operations map[string]*contract.Operation // by method and gin's path
	limiter    *limiter
	trials     *trialGate
	origins    *http.CrossOriginProtection
	specJSON   []byte
}

// New is the handler of everything Vitrina serves over HTTP. It fails when an operation of the document has no rule of access, or one
// that nobody knows.
func New(options Options) (http.Handler, error) {
	options.Now = orElse(options.Now, time.Now)
	options.SessionLife = cmp.Or(options.SessionLife, 30*24*time.Hour)
	options.Rate = cmp.Or(options.Rate, 100)
	options.Patience = cmp.Or(options.Patience, 10*time.Second)
	s := &server{Options: options, log: options.Log, limiter: newLimiter(options.Rate, options.Now), trials: newTrialGate()}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := errors.Join(s.protect(), s.read(document)); err != nil {
		return nil, err
	}
	return s.engine()
}

func orElse[T any](f func() T, otherwise func() T) func() T {
	if f == nil {
		return otherwise
	}
	return f
}

// read takes the table of operations from the document.
func (s *server) read(document []byte) (err error) {
	if s.contract, err = contract.Read(document); err != nil {
		return err
	}
	if s.specJSON, err = contract.JSON(document); err != nil {
		return err
	}
	s.operations = make(map[string]*contract.Operation, len(s.contract.Operations))
	for _, op := range s.contract.Operations {
		for _, rule := range op.Access {
			if rules[rule] == nil {
				return fmt.Errorf("the OpenAPI document: %s has the unknown rule %q in x-access", op.ID, rule)
			}
		}
		s.operations[op.Method+" "+Root+strings.NewReplacer("{", ":", "}", "").Replace(op.Path)] = op
	}
	return nil
}

func (s *server) engine() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.ContextWithFallback, engine.HandleMethodNotAllowed, engine.RedirectTrailingSlash = true, true, false
	if err := engine.SetTrustedProxies(s.Proxies); err != nil {
		return nil, fmt.Errorf("the addresses of proxies: %w", err)
	}
	engine.Use(s.begin, s.logged, s.recovered, s.headers)
	engine.NoRoute(s.elsewhere)
	engine.NoMethod(s.wrongMethod)
	s.docs(engine)
	s.signOn(engine)
	s.files(engine)

	operations := engine.Group(Root, s.find, s.authenticate, s.throttle, s.sameOrigin, s.path, s.allow, s.parameters, s.body)
	strict := wire.NewStrictHandlerWithOptions(handlers{server: s}, nil, wire.StrictGinServerOptions{
		RequestErrorHandlerFunc:  s.fail,
		HandlerErrorFunc:         s.fail,
		ResponseErrorHandlerFunc: s.fail,
	})
	wire.RegisterHandlersWithOptions(operations, strict, wire.GinServerOptions{
		ErrorHandler: func(c *gin.Context, err error, _ int) {
			s.fail(c, fault.New(fault.Invalid, "A parameter of the request is wrong."))
		},
	})
	return engine, nil
}

// handlers has a method for each operation.
type handlers struct{ *server }

// elsewhere answers what no route is for.
func (s *server) elsewhere(c *gin.Context) {
	path := c.Request.URL.Path
	if s.Pages == nil || path == "/api" || strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/auth/") || strings.HasPrefix(path, "/d/") {
		s.fail(c, fault.New(fault.NotFound, "There is nothing at this address."))
		return
	}
	c.Status(http.StatusOK) // gin has put 404 there
	s.Pages.ServeHTTP(c.Writer, c.Request)
}

func (s *server) wrongMethod(c *gin.Context) {
	s.fail(c, refuse(http.StatusMethodNotAllowed, "This address does not take %s; it takes %s.", c.Request.Method, c.Writer.Header().Get("Allow")))
}
