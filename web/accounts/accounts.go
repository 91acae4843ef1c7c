// Package accounts knows who acts and what they may do: signing in by password, OIDC and API token, people, groups, grants. Who may
// what is decided here, and each change is kept with its event.
package accounts

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Stores keep what the service knows. All are required.
type Stores struct {
	People   People
	Groups   Groups
	Grants   Grants
	Sessions Sessions
	SignIns  SignIns
	Tokens   Tokens
	Audit    Audit
	Sources  Sources
}

// Options of New.
type Options struct {
	Stores Stores
	OIDC   *OIDCConfig // nil: nobody signs in that way
	Sealer Sealer      // needed for OIDC

	NoPasswords bool // people sign in through the identity provider alone

	Idle   time.Duration // after which an unused session ends; 7 days when 0
	Life   time.Duration // of a session, however much it is used; 30 days when 0
	Hashes int           // passwords hashed at once, of 19 MiB each; 2 when 0
	Now    func() time.Time
	Logger *slog.Logger
}

// Service may be used by many goroutines.
type Service struct {
	stores Stores
	hasher *hasher
	oidc   *provider // nil when nobody signs in that way
	sealer Sealer
	// noPasswords keeps passwords from opening anything.
	noPasswords bool

	idle, life time.Duration
	now        func() time.Time
	logger     *slog.Logger
}

// New puts the service together. It asks nobody anything yet.
func New(options Options) *Service {
	s := &Service{
		stores: options.Stores, hasher: newHasher(cmp.Or(options.Hashes, 2)), sealer: options.Sealer, noPasswords: options.NoPasswords,
		idle: cmp.Or(options.Idle, 7*24*time.Hour), life: cmp.Or(options.Life, 30*24*time.Hour),
		now: options.Now, logger: options.Logger,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	if options.OIDC != nil {
		s.oidc = newProvider(*options.OIDC, s.now)
	}
	return s
}

// Sweep forgets sessions that have ended and failures of long ago. It is to be called now and then.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	if err := s.stores.Sessions.Sweep(ctx, now, now.Add(-s.idle)); err != nil {
		return err
	}
	return s.stores.SignIns.Sweep(ctx, now.Add(-forgetAfter), now.Add(-knownFor))
}

// Events searches the audit log, for administrators.
func (s *Service) Events(ctx context.Context, actor *people.Actor, filter people.EventFilter) (events []people.Event, next string, err error) {
	if err := administers(actor, "see the audit log"); err != nil {
		return nil, "", err
	}
	return s.stores.Audit.Events(ctx, filter)
}

// administers refuses all but administrators, who may do the thing.
func administers(actor *people.Actor, what string) error {
	switch {
	case actor.Administers():
		return nil
	case actor.IsAdministrator():
		return fault.New(fault.Forbidden, "Only a token with the scope admin may %s.", what)
	}
	return fault.New(fault.Forbidden, "Only administrators may %s.", what)
}
