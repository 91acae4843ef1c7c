package words

import (
	"strings"
	"testing"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "ab", 2}, {"partner", "partner", 0}, {"partner", "partnr", 1}, {"partner", "prtaner", 2},
		{"ab", "ba", 1}, {"месяц", "месцс", 2}, {"kitten", "sitting", 3}, {strings.Repeat("a", 101), "a", 101},
	} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: %d, not %d", c.a, c.b, got, c.want)
		}
		if there, back := Distance(c.a, c.b), Distance(c.b, c.a); there != back {
			t.Errorf("%q and %q: %d there, %d back", c.a, c.b, there, back)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0 rows", 1: "1 row", 999: "999 rows", 1000: "1,000 rows", -1234567: "-1,234,567 rows", -1 << 63: "-9,223,372,036,854,775,808 rows"} {
		if got := Count(n, "row"); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
