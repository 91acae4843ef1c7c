package storage

import (
	"encoding/base64"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Sizes of a page of a listing.
const (
	usualPage   = 50
	largestPage = 500
)

// pageSize is how many entries the page holds.
func pageSize(page people.Page) int {
	if page.Limit <= 0 {
		return usualPage
	}
	return min(page.Limit, largestPage)
}

// cursorAt makes the opaque cursor of a listing that continues behind the entry with these sort keys.
func cursorAt(keys ...string) string {
	text, _ := json.Marshal(keys) // strings always marshal
	return base64.RawURLEncoding.EncodeToString(text)
}

// cursorKeys are the n sort keys of a cursor; all are empty on the first page.
func cursorKeys(page people.Page, n int) ([]string, error) {
	if page.Cursor == "" {
		return make([]string, n), nil
	}
	var keys []string
	text, err := base64.RawURLEncoding.DecodeString(page.Cursor)
	if err == nil {
		err = json.Unmarshal(text, &keys)
	}
	if err != nil || len(keys) != n {
		return nil, fault.New(fault.Invalid, "The cursor is not one of this listing: begin again without one.")
	}
	return keys, nil
}

// newID is a UUID whose order is that of its making.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// isID tells whether the text can be an id at all. Postgres would refuse any other as a mistake of ours, instead of not finding it.
func isID(text string) bool { return uuid.Validate(text) == nil && len(text) == 36 }

// orNull is null for the zero value.
func orNull[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// orElse is the text, or the other when it is empty.
func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// areIDs tells whether all that is given can be ids.
func areIDs(texts ...string) bool {
	for _, text := range texts {
		if text != "" && !isID(text) {
			return false
		}
	}
	return true
}
