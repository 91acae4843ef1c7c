package sourcetest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
)

func testLimits(t *testing.T, d Driver) {
	s := d.Open(t)
	t.Run("time", func(t *testing.T) {
		t.Parallel()
		q := Query(d.Endless)
		q.ID = "limited in time " + t.Name()
		q.Limits.Time = 500 * time.Millisecond
		began := time.Now()
		sentence(t, failure(t, s, q, fault.Limit))
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
		gone(t, s, q.ID)
	})
	t.Run("time that suffices", func(t *testing.T) {
		t.Parallel()
		q := Query("SELECT 'x' AS v")
		q.Limits = source.Limits{Time: time.Minute, Rows: 10, Bytes: 1 << 20, Memory: 1 << 30}
		one(t, s, q)
	})
	t.Run("memory", func(t *testing.T) {
		if d.Hungry == "" {
			return
		}
		t.Parallel()
		q := Query(d.Hungry)
		q.Limits.Memory = 32 << 20
		sentence(t, failure(t, s, q, fault.Limit))
	})
	t.Run("rows", func(t *testing.T) {
		if !d.LimitsRows {
			return
		}
		t.Parallel()
		q := Query(d.Numbers(100_000))
		q.Limits.Rows = 10
		sentence(t, failure(t, s, q, fault.Limit))
	})
	t.Run("time zone", func(t *testing.T) {
		t.Parallel()
		q := Query("SELECT 'x' AS v")
		q.Timezone = "Asia/Kolkata"
		one(t, s, q)
		q.Timezone = "Mars/Olympus"
		fails(t, s, q, fault.Failed)
	})
}

// testParallel checks that queries at once do not get each other's values, tables or rows.
func testParallel(t *testing.T, d Driver) {
	s := d.Open(t)
	columns := []source.Column{{Name: "id", Type: "String"}}
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			for j := range 4 {
				own := fmt.Sprintf("%d-%d", i, j)
				q := Query("SELECT concat(", Value{Value: own}, ", '/', id) AS v FROM ", Name("own"))
				q.Tables = map[string]source.Table{"own": table(t, columns, []any{own})}
				rows, err := readContext(t.Context(), s, q)
				if err != nil || rows[0][0] != own+"/"+own {
					t.Errorf("%s: got %v, %v", own, rows, err)
				}
			}
		})
	}
	all.Wait()
}

// testReadonly checks that a report cannot change anything nor reach beyond its database.
func testReadonly(t *testing.T, d Driver) {
	s := d.Open(t)
	exec(t, s, d.CreateTable)
	exec(t, s, "INSERT INTO t (id) VALUES (1)")
	people := table(t, []source.Column{{Name: "id", Type: "Int64"}}, []any{1})
	for _, sql := range append(append([]string{}, d.Writes...), d.Outside...) {
		alone, withTable := Query(sql), Query(sql, " -- ", Name("people"))
		withTable.Tables = map[string]source.Table{"people": people}
		for _, q := range []source.Query{alone, withTable} {
			_, err := readContext(t.Context(), s, q)
			if err == nil {
				t.Errorf("%s: it ran", sql)
				continue
			}
			wants(t, err, fault.Failed)
			sentence(t, err)
		}
	}
	for _, sql := range d.Escapes {
		_, _ = readContext(t.Context(), s, Query(sql))
		_, _ = readContext(t.Context(), s, Query(d.Writes[0]))
	}
	if got := one(t, s, Query("SELECT concat(count(*), ' ', sum(id)) AS v FROM t")); got != "1 1" {
		t.Errorf("the table was changed: %s", got)
	}
}

func testPing(t *testing.T, d Driver) {
	t.Run("well", func(t *testing.T) {
		t.Parallel()
		if err := d.Open(t).Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
	for name, open := range d.Nowhere {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			err := s.Ping(t.Context())
			if err == nil {
				t.Fatal("it answered")
			}
			wants(t, err, fault.Unavailable)
			sentence(t, err)
			if !strings.Contains(err.Error(), "source ") {
				t.Errorf("the error does not name the source: %v", err)
			}
			_, err = s.Query(t.Context(), Query("SELECT 1 AS v"))
			wants(t, err, fault.Unavailable)
		})
	}
}
