package reports

import (
	"fmt"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/words"
)

// suggest is "; did you mean …?" when one of the words is close to what was written, and nothing otherwise.
func suggest(written string, known []string) string {
	if best := Closest(written, known); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}

// Closest is the word most like what was written, if one is close to it, and empty otherwise. Case does not matter.
func Closest(written string, known []string) string {
	best, least := "", max(1, len(written)/3)
	for _, word := range known {
		if d := words.Distance(strings.ToLower(written), strings.ToLower(word)); d <= least && word != written {
			if best == "" || d < least {
				best, least = word, d
			}
		}
	}
	return best
}

// alternatives joins words for a sentence: "a, b or c".
func alternatives(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " or " + items[len(items)-1]
}
