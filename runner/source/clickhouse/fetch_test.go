package clickhouse_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

// Fetch ends the result alone: what the query reads on its way there stays whole.
func TestFetchDoesNotChangeWhatAQueryReads(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, sql := range []string{
		"CREATE TABLE many (n UInt64) ENGINE = MergeTree ORDER BY n", "INSERT INTO many SELECT number FROM numbers(1000)",
		"CREATE VIEW seen AS SELECT n FROM many", "CREATE VIEW twice AS SELECT n FROM seen UNION ALL SELECT n FROM seen",
	} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatal(sql, err)
		}
	}
	for sql, want := range map[string]string{
		"SELECT count() FROM many":                            "[[1000]]",
		"SELECT count() FROM seen":                            "[[1000]]",
		"SELECT count() FROM twice":                           "[[2000]]",
		"SELECT count() FROM (SELECT n FROM seen ORDER BY n)": "[[1000]]",
		"WITH all AS (SELECT n FROM many UNION ALL SELECT n FROM many) SELECT count() FROM all": "[[2000]]",
		"SELECT count() FROM many WHERE n IN (SELECT n FROM seen)":                              "[[1000]]",
		"SELECT count() FROM many AS a INNER JOIN seen AS b USING (n)":                          "[[1000]]",
		"SELECT (SELECT count() FROM seen) + (SELECT max(n) FROM seen) AS v":                    "[[1999]]",
		"SELECT n FROM seen ORDER BY n DESC LIMIT 2":                                            "[[999] [998]]",
		"SELECT n FROM many ORDER BY n DESC":                                                    "[[999] [998] [997]]",
		"SELECT 1 AS v UNION ALL SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 1":                "[[1] [1] [1]]",
		"SELECT n FROM many ORDER BY n LIMIT 5 OFFSET 998":                                      "[[998] [999]]",
		"SELECT n FROM many ORDER BY n LIMIT 1 BY n":                                            "[[0] [1] [2]]",
	} {
		q := sourcetest.Query(sql)
		q.Limits.Fetch = 3
		stream, err := s.Query(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", sql, err)
			continue
		}
		page, _, err := runner.ReadRows(stream, time.UTC, q.Limits.Fetch, 1<<20)
		_ = stream.Close()
		plain := fmt.Sprint(page.Rows)
		if err != nil || plain != want {
			t.Errorf("%s: got %s, %v, want %s", sql, plain, err, want)
		}
	}
}
