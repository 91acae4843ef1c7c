package reports

import (
	"fmt"
	"slices"
	"strings"
)

// suggest is "; did you mean …?" when one of the words is close to what was written, and nothing otherwise.
func suggest(written string, words []string) string {
	if best := Closest(written, words); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}

// Closest is the word most like what was written, if one is close to it, and empty otherwise. Case does not matter.
func Closest(written string, words []string) string {
	best, least := "", max(1, len(written)/3)
	for _, word := range words {
		if d := distance(strings.ToLower(written), strings.ToLower(word), least); d <= least && word != written {
			if best == "" || d < least {
				best, least = word, d
			}
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with their neighbour to get from a to b; more than most is
// only known to be more.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, row := []int(nil), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			row[j] = last[j-1]
			if a[i-1] != b[j-1] {
				row[j] = 1 + min(last[j-1], last[j], row[j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, slices.Clone(last)
	}
	return last[len(b)]
}

// alternatives joins words for a sentence: "a, b or c".
func alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
