package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/internal/knock"
)

var _ source.Tester = (*Source)(nil)

const product = "Postgres"

const lookAround = `SELECT current_setting('server_version'), count(*)
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
		AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')`

// Test implements source.Tester.
func (s *Source) Test(ctx context.Context) (source.Found, error) {
	found := source.Found{Product: product}
	attempt, cancel := knock.Attempt(ctx, connectTime)
	defer cancel()
	if err := s.pool.QueryRow(attempt, lookAround).Scan(&found.Version, &found.Tables); err != nil {
		return source.Found{}, s.explain(ctx, err).Fault(err)
	}
	return found, nil
}

// explain finds out why the source does not answer as it should.
func (s *Source) explain(ctx context.Context, err error) *source.Trouble {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return s.refusal(pg)
	}
	onTheWay := source.OnTheWay(err, product, s.addr)
	if onTheWay != nil && onTheWay.Kind == source.UnknownHost {
		return onTheWay
	}
	if !strings.HasPrefix(s.addr, "/") {
		peer := knock.At(ctx, s.addr, false)
		if kind := instead(peer); kind != "" {
			return s.trouble(kind, "")
		}
		if peer == knock.Postgres && strings.Contains(err.Error(), "server refused TLS connection") {
			return s.trouble(source.NoTLS, "")
		}
	}
	if onTheWay != nil {
		return onTheWay
	}
	return s.trouble(source.Stranger, "")
}

func (s *Source) trouble(kind source.Kind, detail string) *source.Trouble {
	return &source.Trouble{Kind: kind, Product: product, Address: s.addr, Detail: detail}
}

// refusal is what a Postgres says that answers.
func (s *Source) refusal(pg *pgconn.PgError) *source.Trouble {
	switch pg.Code {
	case "28P01":
		return s.trouble(source.WrongLogin, "")
	case "3D000":
		return s.trouble(source.NoDatabase, pg.Message)
	}
	return s.trouble(source.Refuses, fmt.Sprintf("%s (%s)", pg.Message, pg.Code))
}

// instead is what listens there in Postgres' stead; nothing if that is no explanation.
func instead(peer knock.Peer) source.Kind {
	return map[knock.Peer]source.Kind{
		knock.ClickHouse: source.IsClickHouse, knock.Native: source.IsClickHouse, knock.HTTP: source.WebServer, knock.TLS: source.WebServer,
		knock.Silent: source.Silent,
	}[peer]
}
