package accounts

import (
	"crypto/rand"
	"strings"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	shortestPassword = 10   // characters
	longestPassword  = 1000 // bytes
)

// checkPassword refuses passwords that are too easy to guess.
func checkPassword(password, email string) error {
	name, _, _ := strings.Cut(email, "@")
	switch {
	case !utf8.ValidString(password) || len(password) > longestPassword:
		return fault.New(fault.Invalid, "The password is too long, or not text.")
	case utf8.RuneCountInString(password) < shortestPassword:
		return fault.New(fault.Invalid, "The password is too short: it needs at least %d characters.", shortestPassword)
	case strings.EqualFold(password, email), strings.EqualFold(password, name):
		return fault.New(fault.Invalid, "The password must not be the email.")
	case strings.Count(password, password[:1]) == len(password):
		return fault.New(fault.Invalid, "The password must not be one character again and again.")
	}
	return nil
}

// readable are characters that are not taken for one another when read aloud or copied by hand.
const readable = "abcdefghjkmnpqrstuvwxyz23456789"

// newPassword is a random password to be told once: 20 characters in groups of five, about 99 bits.
func newPassword() string {
	var text strings.Builder
	for i, c := range randomFrom(readable, 20) {
		if i > 0 && i%5 == 0 {
			text.WriteByte('-')
		}
		text.WriteRune(c)
	}
	return text.String()
}

// randomFrom is text of n characters of the alphabet (at most 256), each as likely as any other.
func randomFrom(alphabet string, n int) string {
	fair := byte(256 / len(alphabet) * len(alphabet) % 256) // 0 when every byte is fair
	text, buffer := make([]byte, 0, n), make([]byte, 2*n)
	for len(text) < n {
		_, _ = rand.Read(buffer) // never fails
		for _, b := range buffer {
			if (fair == 0 || b < fair) && len(text) < n {
				text = append(text, alphabet[int(b)%len(alphabet)])
			}
		}
	}
	return string(text)
}
