package api

import (
	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// rule is nil for those who may call the operation. What it finds for that it leaves in the visit.
type rule func(s *server, c *gin.Context, v *visit) error

// rules are what x-access in the document can say.
var rules = map[string]rule{
	"public":          func(*server, *gin.Context, *visit) error { return nil },
	"signed-in":       signedIn,
	"analyst":         analyst,
	"administrator":   administrator,
	"report:run":      onReport(people.Run),
	"report:view_sql": onReport(people.ViewSQL),
	"report:edit":     onReport(people.Edit),
	"run":             onRun,
	"run:manage":      managesRun,
}

// allow holds the request against the rules and the scope of its operation.
func (s *server) allow(c *gin.Context) {
	v := visitOf(c)
	if v.actor != nil && !v.actor.Has(people.Scope(v.operation.Scope)) {
		s.fail(c, fault.New(fault.Forbidden, "This API token may not do that: it needs the scope %s.", v.operation.Scope))
		return
	}
	if v.actor != nil && owesPassword(v.actor) && !v.operation.Temporary {
		s.fail(c, fault.New(fault.Forbidden, "Choose a password of your own first: yours was made by somebody else."))
		return
	}
	for _, name := range v.operation.Access {
		if err := rules[name](s, c, v); err != nil {
			s.fail(c, err)
			return
		}
	}
}

// owesPassword tells whether the actor signed in with a password of somebody else's making, which is to be changed first. Tokens are
// no passwords.
func owesPassword(actor *people.Actor) bool { return actor.Temporary && actor.Via == people.BySession }

func signedIn(_ *server, _ *gin.Context, v *visit) error {
	if v.actor == nil {
		return fault.New(fault.Unauthenticated, "Sign in first.")
	}
	return nil
}

func analyst(_ *server, _ *gin.Context, v *visit) error {
	if !v.actor.Writes() {
		return fault.New(fault.Forbidden, "Only analysts and administrators may do that.")
	}
	return nil
}

func administrator(_ *server, _ *gin.Context, v *visit) error {
	if !v.actor.IsAdministrator() {
		return fault.New(fault.Forbidden, "Only administrators may do that.")
	}
	return nil
}

// onReport is a rule about the report of the path. A report on which the actor has no level at all is not there for them.
func onReport(least people.Level) rule {
	return func(s *server, c *gin.Context, v *visit) error {
		entry, err := s.Reports.Get(c, v.actor, c.Param("report"))
		switch {
		case err != nil:
			return err
		case entry.Level == people.None:
			return fault.New(fault.NotFound, "There is no such report, or it is not shared with you.")
		case entry.Level < least:
			return fault.New(fault.Forbidden, "You may not do that with the report %q: ask its owner for the right to %s.", entry.Title, levelWords[least])
		}
		v.report = entry
		return nil
	}
}

var levelWords = map[people.Level]string{people.Run: "run it", people.ViewSQL: "view its SQL", people.Edit: "edit it"}

// onRun is a rule about the run of the path.
func onRun(s *server, c *gin.Context, v *visit) (err error) {
	v.run, err = s.Runs.Get(c, v.actor, c.Param("run"))
	return err
}

// managesRun is a rule about the run of the path: one's own, or of a report that one may edit.
func managesRun(s *server, c *gin.Context, v *visit) error {
	if err := onRun(s, c, v); err != nil {
		return err
	}
	if v.actor.IsAdministrator() || v.run.PersonID == v.actor.ID {
		return nil
	}
	entry, err := s.Reports.Get(c, v.actor, v.run.ReportID)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return err
	}
	if entry.Level < people.Edit {
		return fault.New(fault.Forbidden, "A run can be cancelled by who started it and by those who may edit its report.")
	}
	return nil
}
