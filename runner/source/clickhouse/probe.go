package clickhouse

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/internal/knock"
)

var _ source.Tester = (*Source)(nil)

const lookAround = `SELECT version(), (SELECT count() FROM system.tables WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') AND NOT is_temporary)`

// Test implements source.Tester.
func (s *Source) Test(ctx context.Context) (source.Found, error) {
	found := source.Found{Product: "ClickHouse"}
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
		return source.Found{}, &fault.Error{Code: fault.Unavailable, Message: s.explain(ctx, err), Cause: err}
	}
	return found, nil
}

// explain says in words why the source does not answer as it should.
func (s *Source) explain(ctx context.Context, err error) string {
	var exception *clickhouse.Exception
	var dns *net.DNSError
	switch {
	case s.embedded:
		return "The embedded engine does not answer: " + s.fault(err).Error()
	case errors.As(err, &exception):
		return s.refusal(exception)
	case errors.As(err, &dns):
		return fmt.Sprintf("No host of the name %s is known: check its spelling.", dns.Name)
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return fmt.Sprintf("A server answers at %s, but its TLS certificate is not trusted here: %v.", s.addr, certificate.Err)
	}
	if told := s.instead(knock.At(ctx, s.addr, s.secure)); told != "" {
		return told
	}
	if reason, ok := reach.Reason(err); ok {
		return fmt.Sprintf("ClickHouse does not answer at %s: %s", s.addr, reach.Sentence(reason))
	}
	return fmt.Sprintf("What answers at %s does not speak as ClickHouse does over HTTP.", s.addr)
}

// refusal is what a ClickHouse says that answers.
func (s *Source) refusal(e *clickhouse.Exception) string {
	switch e.Code {
	case 192, 193, 194, 516:
		return fmt.Sprintf("ClickHouse answers at %s, but the user or the password is wrong.", s.addr)
	case 81:
		return fmt.Sprintf("ClickHouse answers at %s, but has no such database, or the user may not see it: %s.", s.addr, s.sentence(e))
	}
	return fmt.Sprintf("ClickHouse answers at %s, but refuses: %s.", s.addr, s.sentence(e))
}

// instead says what listens there in ClickHouse's stead; nothing if that is no explanation.
func (s *Source) instead(peer knock.Peer) string {
	switch peer {
	case knock.Unreachable:
		return ""
	case knock.Native:
		return fmt.Sprintf("%s is ClickHouse's native port: use the HTTP port, usually 8123, or 8443 for HTTPS.", s.addr)
	case knock.TLS:
		if s.secure {
			return ""
		}
		return fmt.Sprintf("%s speaks HTTPS alone: begin the address with https://.", s.addr)
	case knock.ClickHouse:
		if s.secure {
			return fmt.Sprintf("ClickHouse at %s speaks plain HTTP: begin the address with http://, not https://.", s.addr)
		}
		return ""
	case knock.Postgres:
		return fmt.Sprintf("%s is a Postgres: choose the driver postgres, or give the address of a ClickHouse.", s.addr)
	case knock.HTTP:
		return fmt.Sprintf("A web server answers at %s, but it is no ClickHouse: check host and port, usually 8123, or 8443 for HTTPS.", s.addr)
	}
	return fmt.Sprintf("Something takes connections at %s, but does not answer in time: check the port, usually 8123, or 8443 for HTTPS.", s.addr)
}
