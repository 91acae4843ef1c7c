package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/internal/knock"
)

var _ source.Tester = (*Source)(nil)

const lookAround = `SELECT current_setting('server_version'), count(*)
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
		AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')`

// Test implements source.Tester.
func (s *Source) Test(ctx context.Context) (source.Found, error) {
	found := source.Found{Product: "Postgres"}
	attempt, cancel := knock.Attempt(ctx, connectTime)
	defer cancel()
	if err := s.pool.QueryRow(attempt, lookAround).Scan(&found.Version, &found.Tables); err != nil {
		return source.Found{}, &fault.Error{Code: fault.Unavailable, Message: s.explain(ctx, err), Cause: err}
	}
	return found, nil
}

// explain says in words why the source does not answer as it should.
func (s *Source) explain(ctx context.Context, err error) string {
	var pg *pgconn.PgError
	var dns *net.DNSError
	switch {
	case errors.As(err, &pg):
		return s.refusal(pg)
	case errors.As(err, &dns):
		return fmt.Sprintf("No host of the name %s is known: check its spelling.", dns.Name)
	}
	if !strings.HasPrefix(s.addr, "/") {
		peer := knock.At(ctx, s.addr, false)
		if told := s.instead(peer); told != "" {
			return told
		}
		if peer == knock.Postgres && strings.Contains(err.Error(), "server refused TLS connection") {
			return fmt.Sprintf("Postgres at %s does not speak TLS: let TLS be switched on there, or write sslmode=disable in the address.", s.addr)
		}
	}
	if reason, ok := reach.Reason(err); ok {
		return fmt.Sprintf("Postgres does not answer at %s: %s", s.addr, reach.Sentence(reason))
	}
	return fmt.Sprintf("What answers at %s does not speak as Postgres does.", s.addr)
}

// refusal is what a Postgres says that answers.
func (s *Source) refusal(pg *pgconn.PgError) string {
	switch pg.Code {
	case "28P01":
		return fmt.Sprintf("Postgres answers at %s, but the user or the password is wrong.", s.addr)
	case "3D000":
		return fmt.Sprintf("Postgres answers at %s, but has no such database: %s.", s.addr, pg.Message)
	}
	return fmt.Sprintf("Postgres answers at %s, but refuses: %s (%s).", s.addr, pg.Message, pg.Code)
}

// instead says what listens there in Postgres' stead; nothing if that is no explanation.
func (s *Source) instead(peer knock.Peer) string {
	switch peer {
	case knock.Unreachable, knock.Postgres:
		return ""
	case knock.ClickHouse, knock.Native:
		return fmt.Sprintf("%s is a ClickHouse: choose the driver clickhouse, or give the address of a Postgres.", s.addr)
	case knock.HTTP, knock.TLS:
		return fmt.Sprintf("A web server answers at %s, but it is no Postgres: check host and port, usually 5432.", s.addr)
	}
	return fmt.Sprintf("Something takes connections at %s, but does not answer in time: check the port, usually 5432.", s.addr)
}
