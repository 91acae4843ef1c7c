package library_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/reports/library"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// tables of the demo, by database.
func tables(t *testing.T, conn clickhouse.Conn) []string {
	t.Helper()
	return strings.Fields(one[string](t, conn, `
		SELECT arrayStringConcat(arraySort(groupArray(if(database = 'crm', 'crm.', '') || name)), ' ')
		FROM system.tables WHERE database IN (currentDatabase(), 'crm') AND engine != 'Dictionary'`))
}

func TestDemoIsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	conn := openDemo(t)
	var b strings.Builder
	for _, table := range tables(t, conn) {
		var rows, checksum uint64
		query := fmt.Sprintf("SELECT count(), sum(cityHash64(formatRowNoNewline('TSV', *))) FROM %s", table)
		if err := conn.QueryRow(t.Context(), query).Scan(&rows, &checksum); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		fmt.Fprintf(&b, "%s %d rows %016x\n", table, rows, checksum)
	}
	golden(t, "demo.txt", b.String())
}

// One thread or many, once or again over a demo that is there: the same rows.
func TestDemoDependsOnNothing(t *testing.T) {
	t.Parallel()
	all := library.Demo()
	statements := all[:slices.IndexFunc(all, func(s string) bool { return strings.Contains(s, "TABLE events") })]
	statements = slices.DeleteFunc(slices.Clone(statements), func(s string) bool { return strings.Contains(s, "crm") })
	checksums := func(threads string, times int) string {
		conn := enginetest.Database(t)
		ctx := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_threads": threads, "max_insert_threads": threads}))
		for range times {
			for _, statement := range statements {
				if err := conn.Exec(ctx, statement); err != nil {
					t.Fatalf("%v\n%s", err, statement)
				}
			}
		}
		return one[string](t, conn, `
			SELECT toString((
				(SELECT (count(), sum(cityHash64(formatRowNoNewline('TSV', *)))) FROM cards),
				(SELECT (count(), sum(cityHash64(formatRowNoNewline('TSV', *)))) FROM push_deliveries),
				(SELECT (count(), sum(cityHash64(formatRowNoNewline('TSV', *)))) FROM purchases)))`)
	}
	if a, b := checksums("1", 2), checksums("4", 1); a != b {
		t.Errorf("twice with one thread: %s\nonce with four: %s", a, b)
	}
}

func TestDemoIsMadeWithinAMinute(t *testing.T) {
	t.Parallel()
	demoEndpoint(t)
	if demo.took > time.Minute {
		t.Errorf("the demo took %v", demo.took)
	}
}

func TestDemoHasTheOdditiesOfRealLife(t *testing.T) {
	t.Parallel()
	conn := openDemo(t)
	for _, c := range []struct{ what, query string }{
		{"ids of 19 digits", "SELECT countIf(length(toString(id)) = 19) = count() FROM users"},
		{"ids above 2^63", "SELECT countIf(id > 9223372036854775807) > 1000 FROM users"},
		{"no id twice", "SELECT uniqExact(id) = count() FROM users"},
		{"no card id twice", "SELECT uniqExact(id) = count() FROM cards"},
		{"card numbers with leading zeros", "SELECT countIf(startsWith(card_number, '0')) > 1000 FROM cards"},
		{"barcodes that are empty", "SELECT countIf(barcode = '') > 1000 FROM cards"},
		{"barcodes with a right check digit", `
			SELECT countIf(length(barcode) = 13 AND arraySum((d, i) -> toUInt8(d) * if(i % 2 = 0, 3, 1), splitByString('', barcode), range(1, 14)) % 10 != 0) = 0
			FROM cards`},
		{"e-mails unknown and refused", "SELECT countIf(email IS NULL) > 0 AND countIf(email = '') > 0 FROM users"},
		{"coupons NULL and blank", "SELECT countIf(coupon IS NULL) > 0 AND countIf(coupon = '') > 0 FROM purchases"},
		{"people without a name", "SELECT countIf(name = '') > 0 FROM users"},
		{"apostrophes", "SELECT countIf(name LIKE '%O\\'Brien%') > 0 FROM users"},
		{"quotes", "SELECT countIf(name LIKE '%\"%') > 0 FROM users"},
		{"emoji", "SELECT countIf(position(name, '🎉') > 0) > 0 FROM users"},
		{"four scripts", "SELECT countIf(match(name, '^[А-я]')) > 0 AND countIf(match(name, '^[A-z]')) > 0 AND countIf(language = 'ja') > 0 AND countIf(language = 'ar') > 0 FROM users"},
		{"names that look like formulas", "SELECT countIf(match(name, '^[=+@]')) = 3 FROM partners"},
		{"a name with a backslash", "SELECT countIf(position(name, '\\\\') > 0) = 1 FROM partners"},
		{"birthdays before 1970", "SELECT countIf(birthday < '1970-01-01') > 0 FROM users"},
		{"negative balances", "SELECT countIf(balance < 0) > 0 FROM cards"},
		{"cities that are not known", "SELECT countIf(city_id = 0) > 0 AND any(dictGet('cities', 'name', toUInt64(0))) = 'unknown' FROM cards"},
		{"a partner without a contract", "SELECT count() > 0 FROM partners WHERE id NOT IN (SELECT partner_id FROM crm.contracts)"},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			if one[uint8](t, conn, c.query) != 1 {
				t.Error("not there")
			}
		})
	}
}

func TestDemoHangsTogether(t *testing.T) {
	t.Parallel()
	conn := openDemo(t)
	for _, c := range []struct{ what, query string }{
		{"cards of nobody", "SELECT count() FROM cards WHERE user_id NOT IN (SELECT id FROM users)"},
		{"cards of no partner", "SELECT count() FROM cards WHERE partner_id NOT IN (SELECT id FROM partners)"},
		{"cards older than their holder", "SELECT count() FROM cards INNER JOIN users ON users.id = user_id WHERE issued_at < registered_at"},
		{"events of nobody", "SELECT count() FROM events WHERE user_id NOT IN (SELECT id FROM users)"},
		{"events before registration", "SELECT count() FROM events INNER JOIN users ON users.id = user_id WHERE time < toStartOfHour(registered_at)"},
		{"purchases of nobody", "SELECT count() FROM purchases WHERE user_id NOT IN (SELECT id FROM users)"},
		{"pushes read before they were received", "SELECT count() FROM push_deliveries WHERE read_at <= received_at OR received_at <= sent_at"},
		{"pushes read but not received", "SELECT count() FROM push_deliveries WHERE read_at IS NOT NULL AND received_at IS NULL"},
		{"people in two groups", "SELECT count() FROM (SELECT user_id FROM experiment_groups GROUP BY experiment, user_id HAVING count() > 1)"},
		{"participants outside of their promotion", `
			SELECT count() FROM promotion_participants INNER JOIN promotions ON promotions.id = promotion_id
			WHERE NOT (toDate(joined_at, 'Europe/Moscow') BETWEEN starts_on AND ends_on)`},
		{"contacts of nobody", "SELECT count() FROM support_contacts WHERE user_id NOT IN (SELECT id FROM users)"},
		{"unsubscribes of nobody", "SELECT count() FROM unsubscribes WHERE user_id NOT IN (SELECT id FROM users)"},
		{"events outside of the demo's year", "SELECT count() FROM events WHERE NOT (toDate(time, 'UTC') BETWEEN '2025-01-01' AND '2025-12-31')"},
		{"columns that explain nothing", `
			SELECT count() FROM system.tables WHERE database IN (currentDatabase(), 'crm') AND comment = ''`},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			if n := one[uint64](t, conn, c.query); n != 0 {
				t.Errorf("%d of them", n)
			}
		})
	}
}

// What monitors are to find in the demo.
func TestDemoHasAnOutage(t *testing.T) {
	t.Parallel()
	conn := openDemo(t)
	hours := func(event, condition string) float64 {
		return one[float64](t, conn, `
			SELECT count() / 4 FROM events WHERE event_name = '`+event+`' AND `+condition)
	}
	during := "time >= toDateTime('2025-10-14 08:00:00', 'UTC') AND time < toDateTime('2025-10-14 12:00:00', 'UTC')"
	after := "time >= toDateTime('2025-10-21 08:00:00', 'UTC') AND time < toDateTime('2025-10-21 12:00:00', 'UTC')"
	if during, after := hours("app_open", during), hours("app_open", after); during > after/4 {
		t.Errorf("app_open an hour: %v in the outage, %v a week later", during, after)
	}
	if during, after := hours("payment_error", during), hours("payment_error", after); during < 5*after {
		t.Errorf("payment_error an hour: %v in the outage, %v a week later", during, after)
	}
}

func TestStatementsAreCutBetweenStatements(t *testing.T) {
	t.Parallel()
	begins := regexp.MustCompile(`(?s)^(--[^\n]*\n)*(CREATE OR REPLACE (TABLE|DICTIONARY)|CREATE DATABASE IF NOT EXISTS|INSERT INTO|DROP TABLE) `)
	for _, statement := range library.Demo() {
		if !begins.MatchString(statement) {
			t.Errorf("this does not begin like a statement:\n%s", statement)
		}
		if strings.HasSuffix(statement, ";") {
			t.Errorf("this ends with a semicolon:\n%s", statement)
		}
		if strings.Contains(statement, "rand(") {
			t.Errorf("this draws at random:\n%s", statement)
		}
	}
	last := library.Demo()[len(library.Demo())-1]
	if !strings.HasPrefix(last, "INSERT INTO demo_period") {
		t.Errorf("the demo is whole before its last statement:\n%s", last)
	}
}
