package forms

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const quoteLength = 60 // characters of a wrong value that a message repeats

// quoted is a value of a person, shown in a message in quotes, cut and with its invisible characters made visible.
type quoted string

func (q quoted) String() string { return `"` + clip(string(q)) + `"` }

// clip makes any text fit for one line of a message.
func clip(text string) string {
	var b strings.Builder
	count := 0
	for _, r := range text {
		if count++; count > quoteLength {
			b.WriteString("…")
			break
		}
		if strconv.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
	return b.String()
}

// listing joins words as in "a, b and c", naming at most limit of them.
func listing(words []string, limit int, conjunction string) string {
	if len(words) > limit {
		return strings.Join(words[:limit], ", ") + " and " + grouped(len(words)-limit) + " more"
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + conjunction + " " + words[last]
}

// grouped writes a count as 1,000,001.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// mentions tells whether the name stands in the text as a word of its own.
func mentions(text, name string) bool {
	for from := 0; name != ""; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(name)
		if !wordAt(text, start-1) && !wordAt(text, end) {
			return true
		}
		from = end
	}
	return false
}

func wordAt(text string, i int) bool {
	if i < 0 || i >= len(text) {
		return false
	}
	c := text[i]
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// nearest returns the candidates that a slip of the fingers would turn into the word, best first, at most three. Of words of one or
// two letters any would do, so only their case may differ.
func nearest(word string, candidates []string) []string {
	type match struct {
		word     string
		distance int
	}
	word = strings.ToLower(clip(word))
	allowed := utf8.RuneCountInString(word) / 3
	var matches []match
	for _, candidate := range candidates {
		if d := distance(word, strings.ToLower(clip(candidate))); d <= allowed {
			matches = append(matches, match{candidate, d})
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int { return a.distance - b.distance })
	near := make([]string, 0, 3)
	for _, m := range matches[:min(3, len(matches))] {
		near = append(near, m.word)
	}
	return near
}

// distance counts the letters to insert, drop, change or swap with their neighbour (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			change := last[j]
			if x[i] != y[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
