package forms

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/internal/words"
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
func listing(items []string, limit int, conjunction string) string {
	if len(items) > limit {
		return strings.Join(items[:limit], ", ") + " and " + words.Grouped(len(items)-limit) + " more"
	}
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + conjunction + " " + items[last]
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
		if d := words.Distance(word, strings.ToLower(clip(candidate))); d <= allowed {
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
