package templates

import (
	"slices"

	"github.com/vitrina-reports/vitrina/internal/words"
)

// didYouMean is ", did you mean X?" for the nearest of names, or empty when none is near.
func didYouMean(written string, names []string) string {
	best, distance := "", max(len(written)/3, 1)+1
	for _, name := range names {
		if d := words.Distance(written, name); d < distance {
			best, distance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return ", did you mean " + best + "?"
}

// sortedKeys are a map's keys in order, so that whatever is made of them is repeatable.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
