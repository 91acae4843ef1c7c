package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// storable tells whether the database can hold the texts at all. What it cannot hold is nowhere in it.
func storable(texts ...string) bool {
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return false
		}
	}
	return true
}

// Fold makes texts comparable for a search: lower case, without accents, one space between words.
func Fold(text string) string {
	var folded strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !unicode.Is(unicode.Mn, r) && r != 0 && r != utf8.RuneError {
			folded.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(folded.String()), " ")
}

// longestSearch is as many characters of a search as are looked at.
const longestSearch = 200

// Words are the folded words of a search.
func Words(search string) []string {
	if runes := []rune(search); len(runes) > longestSearch {
		search = string(runes[:longestSearch])
	}
	return strings.Fields(Fold(search))
}

// Searched is what of a draft a search looks at: its title, its tags, and the rest.
func (d *Draft) Searched() []string {
	return []string{Fold(d.Title), Fold(strings.Join(d.Tags, " ")), Fold(strings.Join(d.Fields, " ") + " " + d.Description)}
}
