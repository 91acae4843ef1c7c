package clickhouse

import (
	"context"
	"errors"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/internal/knock"
)

var _ source.Tester = (*Source)(nil)

const product = "ClickHouse"

const lookAround = `SELECT version(), (SELECT count() FROM system.tables WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') AND NOT is_temporary)`

// Test implements source.Tester.
func (s *Source) Test(ctx context.Context) (source.Found, error) {
	found := source.Found{Product: product}
	attempt, cancel := knock.Attempt(ctx, connectTime)
	defer cancel()
	bare, end := detach(attempt, attempt)
	defer end(nil)
	var tables uint64
	err := s.conn.Ping(bare)
	if err == nil {
		err = s.conn.QueryRow(bare, lookAround).Scan(&found.Version, &tables)
	}
	found.Tables = int(tables)
	if err != nil && attempt.Err() != nil {
		err = attempt.Err() // the driver only tells that it was stopped
	}
	if err != nil {
		return source.Found{}, s.explain(ctx, err).Fault(err)
	}
	return found, nil
}

// explain finds out why the source does not answer as it should.
func (s *Source) explain(ctx context.Context, err error) *source.Trouble {
	var exception *clickhouse.Exception
	switch {
	case s.embedded:
		return s.trouble(source.Engine, strings.TrimSuffix(s.fault(err).Error(), "."))
	case errors.As(err, &exception):
		return s.refusal(exception)
	}
	onTheWay := source.OnTheWay(err, product, s.addr)
	if onTheWay != nil && (onTheWay.Kind == source.UnknownHost || onTheWay.Kind == source.Untrusted) {
		return onTheWay
	}
	if kind := s.instead(knock.At(ctx, s.addr, s.secure)); kind != "" {
		return s.trouble(kind, "")
	}
	if onTheWay != nil {
		return onTheWay
	}
	return s.trouble(source.Stranger, "")
}

func (s *Source) trouble(kind source.Kind, detail string) *source.Trouble {
	return &source.Trouble{Kind: kind, Product: product, Address: s.addr, Detail: detail}
}

// refusal is what a ClickHouse says that answers.
func (s *Source) refusal(e *clickhouse.Exception) *source.Trouble {
	switch e.Code {
	case 192, 193, 194, 516:
		return s.trouble(source.WrongLogin, "")
	case 81:
		return s.trouble(source.NoDatabase, s.sentence(e))
	}
	return s.trouble(source.Refuses, s.sentence(e))
}

// instead is what listens there in ClickHouse's stead; nothing if that is no explanation.
func (s *Source) instead(peer knock.Peer) source.Kind {
	switch {
	case peer == knock.ClickHouse && s.secure:
		return source.PlainOnly
	case peer == knock.TLS && !s.secure:
		return source.TLSOnly
	}
	return map[knock.Peer]source.Kind{
		knock.Native: source.NativePort, knock.Postgres: source.IsPostgres, knock.HTTP: source.WebServer, knock.Silent: source.Silent,
	}[peer]
}
