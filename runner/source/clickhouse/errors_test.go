package clickhouse_test

import (
	"context"
	"net"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

// Whoever goes over a limit reads whose it is and what to do, with ClickHouse's words behind.
func TestLimitsSayWhoseTheyAre(t *testing.T) {
	t.Parallel()
	s := open(t)
	for name, c := range map[string]struct {
		sql    string
		limits source.Limits
		says   []string
	}{
		"rows":   {"SELECT number FROM numbers(100000)", source.Limits{Rows: 1000}, []string{"The query yields more rows or bytes than", "code 396"}},
		"memory": {driver().Hungry, source.Limits{Memory: 64 << 20}, []string{"The query needs more memory than", "code 241"}},
	} {
		q := sourcetest.Query(c.sql)
		q.Limits = c.limits
		_, err := csv(t, s, q)
		if fault.CodeOf(err) != fault.Limit {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		for _, part := range append(c.says, "the limit of the source warehouse. Narrow the form, or ask the administrator. ClickHouse says: ") {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q is not in %v", name, part, err)
			}
		}
	}
}

func TestSyntaxErrorsAreShort(t *testing.T) {
	t.Parallel()
	_, err := csv(t, open(t), sourcetest.Query("SELECT 1 1 1"))
	if err == nil || len(err.Error()) > 400 || !strings.Contains(err.Error(), "Expected one of: ") || !strings.HasSuffix(err.Error(), ", … (SYNTAX_ERROR, code 62)") {
		t.Errorf("got %v", err)
	}
}

// An engine that goes down half-way has no address that would help anybody.
func TestTheEmbeddedEngineIsSaidToStartAgain(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_ = conn.Close()
		}
	}()
	at := clickhouse.Endpoint{Addr: listener.Addr().String(), User: "u", Password: "hunter2"}
	s := openWith(t, clickhouse.Options{Addr: at.Addr, Endpoint: func(context.Context) (clickhouse.Endpoint, error) { return at, nil }})
	_, err = csv(t, s, sourcetest.Query("SELECT 1"))
	want := "the embedded engine stopped while the query ran; it starts again by itself: run the report once more"
	if fault.CodeOf(err) != fault.Unavailable || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

// The digits of a decimal do not decide what a division by it gives.
func TestDecimalsHaveOneType(t *testing.T) {
	t.Parallel()
	s := open(t)
	for value, want := range map[string]string{
		"5":                             "0.05,\"Decimal(38, 10)\"\n",
		"5.25":                          "0.0525,\"Decimal(38, 10)\"\n",
		"0.00000000000025":              "0,\"Decimal(38, 14)\"\n",
		"12345678901234567890123456789": "123456789012345678901234567.89,\"Decimal(76, 10)\"\n",
	} {
		v := sourcetest.Value{Value: decimal.RequireFromString(value)}
		got, err := csv(t, s, sourcetest.Query("SELECT ", v, " / 100, toTypeName(", v, ")"))
		if err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", value, got, err, want)
		}
	}
}

// A NULL of unknown type can be a column of whatever is made of the result.
func TestNullOfUnknownTypeIsAText(t *testing.T) {
	t.Parallel()
	got, err := format(t, open(t), sourcetest.Query("SELECT ", sourcetest.Value{}, " AS v"), "Parquet", nil)
	if err != nil || !strings.HasPrefix(got, "PAR1") {
		t.Errorf("got %q, %v", got, err)
	}
}
