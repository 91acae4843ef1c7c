package app

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/telemetry"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/runner/schema"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api"
	"github.com/vitrina-reports/vitrina/web/help"
	"github.com/vitrina-reports/vitrina/web/ui"
)

// handler is all that the process serves. A worker without the web answers for its health alone.
func (s *Service) handler() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", ready(s.checks()))
	mux.Handle("GET /metrics", s.app.config.Metrics.guarded(s.metrics.Handler()))
	if !s.options.has(RoleWeb) {
		return mux, nil
	}
	web, err := s.web()
	if err != nil {
		return nil, err
	}
	mux.Handle("/help", help.Handler())
	mux.Handle("/help/", help.Handler())
	mux.Handle("/", web)
	return mux, nil
}

// guarded answers those alone who send the token, if there is one.
func (c MetricsConfig) guarded(metrics http.Handler) http.Handler {
	if c.Token == "" {
		return fromNearby(metrics)
	}
	expected := sha256.Sum256([]byte("Bearer " + c.Token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if sent := sha256.Sum256([]byte(r.Header.Get("Authorization"))); subtle.ConstantTimeCompare(sent[:], expected[:]) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "Send the token of the configuration (metrics.token).", http.StatusUnauthorized)
			return
		}
		metrics.ServeHTTP(w, r)
	})
}

// fromNearby answers those who come straight from this machine or a private network, and nobody whom a proxy let in.
func fromNearby(metrics http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		address := from.Addr().Unmap()
		proxied := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Real-IP") != ""
		if err != nil || proxied || !address.IsLoopback() && !address.IsPrivate() {
			http.Error(w, "Metrics are told to this machine and private networks alone; metrics.token in the configuration opens them to who sends it.",
				http.StatusForbidden)
			return
		}
		metrics.ServeHTTP(w, r)
	})
}

func (s *Service) web() (http.Handler, error) {
	options := api.Options{
		Services: api.Services{
			Accounts: s.Accounts, People: s.Accounts, Grants: s.Accounts, Sources: webSources{s.app, s.Accounts}, System: system{s, &figures{service: s, count: s.DB.Figures, now: time.Now}},
			Reports: s.Catalog, Runs: s.Jobs,
		},
		Reporting: api.Reporting{
			Forms: s.runner, Trials: s.runner, Schemas: schema.New(s.app, nil), Owners: storage.NewPeople(s.DB), CheckOptions: s.app.CheckOptions, Location: s.app.Location(), Audit: storage.NewAudit(s.DB),
		},
		Version: s.options.Version, Proxies: s.app.config.Proxies, SessionLife: s.app.config.Sessions.Longest, Log: s.app.logger,
		NoPasswords: s.app.config.SignIn.noPasswords(),
		Pages:       ui.Handler(),
		Observe: func(ctx context.Context, method, route string, status int, took time.Duration) {
			s.metrics.Request(method, route, status, took)
			telemetry.RecordSpan(ctx, method+" "+route, took, failure(status >= http.StatusInternalServerError), "status", strconv.Itoa(status))
		},
	}
	if on := s.Accounts.SignOn(); on != nil {
		options.SignOn = on
	}
	if address := s.app.config.PublicURL; address != "" {
		options.PublicURL, _ = url.Parse(address) // checked with the configuration
	}
	return api.New(options)
}

// checks are the parts without which no request can be served.
func (s *Service) checks() []check {
	return []check{
		{"database", s.DB.Ping},
		{"schema", s.DB.Migrated},
		{"files", s.files.Check},
	}
}

// webSources are the databases as the web shows and changes them.
type webSources struct {
	app *App
	*accounts.Service
}

func (w webSources) AllSources(ctx context.Context) ([]api.Source, error) {
	named, err := w.app.AllSources(ctx)
	all := make([]api.Source, len(named))
	for i, source := range named {
		all[i] = api.Source(source)
	}
	return all, err
}

func (w webSources) SaveSource(ctx context.Context, actor *people.Actor, source people.Source) error {
	defer w.app.kept.forget()
	return w.Service.SaveSource(ctx, actor, source)
}

func (w webSources) RemoveSource(ctx context.Context, actor *people.Actor, name string) error {
	defer w.app.kept.forget()
	return w.Service.RemoveSource(ctx, actor, name)
}

func (w webSources) TestSource(ctx context.Context, name string) (source.Found, error) {
	return w.app.TestSource(ctx, name)
}

func (w webSources) TrySource(ctx context.Context, tried people.Source) (source.Found, error) {
	return w.app.TrySource(ctx, tried)
}

// goneAfter is how long a process may be silent, which tells of itself every few seconds, before it is taken for gone.
const goneAfter = time.Minute

// system tells how the service is.
type system struct {
	*Service
	figures *figures
}

func (s system) State(ctx context.Context) (state api.State, err error) {
	if state.Queue, err = s.Jobs.Stats(ctx); err != nil {
		return state, err
	}
	if state.Processes, err = s.Jobs.Processes(ctx); err != nil {
		return state, err
	}
	state.Processes = slices.DeleteFunc(state.Processes, func(p jobs.Process) bool { return time.Since(p.Seen) > goneAfter })
	for _, check := range s.checks() {
		state.Parts = append(state.Parts, part(check.name, "answers", check.ask(ctx)))
	}
	if bench, ok := s.app.sources.present("workbench"); ok {
		state.Parts = append(state.Parts, part("engine", "answers", bench.Ping(ctx)))
	}
	for i, p := range state.Parts {
		if p.OK {
			state.Parts[i].Figures = s.figures.of(ctx, p.Name)
		}
	}
	return state, nil
}

func part(name, message string, err error) api.Part {
	if err != nil {
		message = err.Error()
	}
	return api.Part{Name: name, OK: err == nil, Message: message}
}
