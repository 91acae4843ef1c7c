package library_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/forms"
)

// The draw is worked out here once more, from the participants and the rule that the report states.
func TestDrawFollowsItsRule(t *testing.T) {
	t.Parallel()
	endpoint := demoEndpoint(t)
	people := one[[]uint64](t, openDemo(t), `
		SELECT groupUniqArray(p.user_id) FROM promotion_participants AS p INNER JOIN users AS u ON u.id = p.user_id
		WHERE promotion_id = 2 AND toDate(joined_at, 'Europe/Moscow') BETWEEN '2025-10-13' AND '2025-10-19' AND NOT is_staff`)
	for _, seed := range []string{"coffee", "O'Brien {p1:String} 東京"} {
		tickets := map[string]string{}
		for _, person := range people {
			id := strconv.FormatUint(person, 10)
			sum := sha256.Sum256(fmt.Appendf(nil, "%s/2/2025-10-13/%s", seed, id))
			tickets[id] = hex.EncodeToString(sum[:])
		}
		want := make([]string, 0, len(tickets))
		for id := range tickets {
			want = append(want, id)
		}
		slices.SortFunc(want, func(a, b string) int { return slices.Compare([]byte(tickets[a]), []byte(tickets[b])) })
		header, rows := csvOf(t, run(t, endpoint, "promotion-draw.md", forms.Raw{"week": "2025-10-17", "winners": "25", "seed": seed}))
		if diff := cmp.Diff(want[:25], column(t, header, rows, "user_id")); diff != "" {
			t.Errorf("seed %s (-rule +report):\n%s", seed, diff)
		}
	}
}

func TestDrawDependsOnTheSeedAlone(t *testing.T) {
	t.Parallel()
	endpoint := demoEndpoint(t)
	winners := func(seed string, count int) []string {
		header, rows := csvOf(t, run(t, endpoint, "promotion-draw.md", forms.Raw{"seed": seed, "winners": strconv.Itoa(count)}))
		return column(t, header, rows, "user_id")
	}
	first := winners("tea", 20)
	if again := winners("tea", 20); !slices.Equal(first, again) {
		t.Errorf("the same seed draws %v and then %v", first, again)
	}
	if more := winners("tea", 40); !slices.Equal(first, more[:20]) {
		t.Errorf("of 40 winners the first 20 are %v, of 20 they are %v", more[:20], first)
	}
	if others := winners("Tea", 20); slices.Equal(first, others) {
		t.Error("another seed draws the same winners")
	}
}

// A fair rule favours no user numbers: their last digits are as frequent among the winners as they are in general.
func TestDrawIsFair(t *testing.T) {
	t.Parallel()
	_, rows := csvOf(t, run(t, demoEndpoint(t), "promotion-draw.md", forms.Raw{"winners": "1000"}))
	var digits [10]int
	for _, row := range rows {
		digits[row[1][len(row[1])-1]-'0']++
	}
	// Chi-square with 9 degrees of freedom is above 27.9 once in a thousand draws, and this draw is always the same.
	chi := 0.0
	for _, n := range digits {
		chi += float64(n-100) * float64(n-100) / 100
	}
	if chi > 27.9 {
		t.Errorf("last digits of the winners: %v, chi-square %.1f", digits, chi)
	}
}
