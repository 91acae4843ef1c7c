package library_test

import (
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/shopspring/decimal"
)

// pairs are the rows of a query of two texts.
func pairs(t *testing.T, conn clickhouse.Conn, query string) map[string]string {
	t.Helper()
	rows, err := conn.Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			t.Fatal(err)
		}
		found[key] = value
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

// Fees are money: computed here once more, exactly, from both databases.
func TestFeesAreExact(t *testing.T) {
	t.Parallel()
	conn := openDemo(t)
	turnover := pairs(t, conn, `
		SELECT toString(partner_id), toString(sum(amount)) FROM purchases
		WHERE toStartOfMonth(toTimeZone(paid_at, 'Europe/Moscow')) = '2025-11-01' GROUP BY partner_id`)
	percent := pairs(t, conn, `
		SELECT toString(partner_id), toString(fee_percent) FROM crm.contracts WHERE ended_on IS NULL OR ended_on >= '2025-11-01'`)
	monthly := pairs(t, conn, "SELECT toString(partner_id), toString(monthly_fee) FROM crm.contracts WHERE monthly_fee IS NOT NULL")
	partners := pairs(t, conn, "SELECT name, toString(id) FROM partners")

	header, rows := csvOf(t, run(t, demoEndpoint(t), "partner-fees.md", nil))
	if len(rows) != len(turnover) {
		t.Errorf("%d partners are listed, %d sold something", len(rows), len(turnover))
	}
	sum := decimal.Zero
	for i, name := range column(t, header, rows, "partner") {
		id, got := partners[name], column(t, header, rows, "fee")[i]
		if percent[id] == "" {
			if got != "" && got != `\N` {
				t.Errorf("%s has no contract and owes %s", name, got)
			}
			continue
		}
		want := decimal.RequireFromString(turnover[id]).Mul(decimal.RequireFromString(percent[id])).Div(decimal.NewFromInt(100)).Round(2)
		if monthly[id] != "" {
			want = want.Add(decimal.RequireFromString(monthly[id]))
		}
		if !decimal.RequireFromString(got).Equal(want) {
			t.Errorf("%s owes %s, should owe %s", name, got, want)
		}
		sum = sum.Add(want)
	}
	if sum.IsZero() {
		t.Error("nobody owes anything")
	}
}
