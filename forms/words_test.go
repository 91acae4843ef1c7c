package forms

import (
	"slices"
	"testing"
)

func TestMentions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, name string
		want       bool
	}{
		{"WHERE region = {{ .region }}", "region", true},
		{"{{ .regions }} {{ .sub_region }} {{ .region2 }}", "region", false},
		{"{{ .regions }} {{ .region }}", "region", true},
		{"region", "region", true},
		{"", "region", false},
		{"anything", "", false},
	} {
		if got := mentions(c.text, c.name); got != c.want {
			t.Errorf("%q in %q: got %v", c.name, c.text, got)
		}
	}
}

func TestListing(t *testing.T) {
	t.Parallel()
	words := []string{"a", "b", "c"}
	for want, got := range map[string]string{
		"":                listing(nil, 5, "or"),
		"a":               listing(words[:1], 5, "or"),
		"a or b":          listing(words[:2], 5, "or"),
		"a, b and c":      listing(words, 3, "and"),
		"a, b and 1 more": listing(words, 2, "and"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	candidates := []string{"period", "partner", "id", "columns"}
	for word, want := range map[string][]string{
		"perod": {"period"}, "PARTNER": {"partner"}, "pratner": {"partner"}, "ad": {}, "ID": {"id"}, "column": {"columns"}, "zzz": {}, "": {},
	} {
		if got := nearest(word, candidates); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", word, got, want)
		}
	}
}
