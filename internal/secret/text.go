// Package secret keeps passwords, keys and tokens out of what is printed.
package secret

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// Mask stands for a secret wherever it is printed.
const Mask = "***"

// Text is a secret that no fmt verb, logger or encoder shows, not even as an unexported field of something else. The zero value is the
// empty secret, which is shown as empty.
type Text struct{ value *string } // fmt follows a pointer to a string nowhere

func New(value string) Text {
	if value == "" {
		return Text{}
	}
	return Text{&value}
}

// Reveal is the secret itself, for the one place that needs it.
func (t Text) Reveal() string {
	if t.value == nil {
		return ""
	}
	return *t.value
}

// IsZero tells the empty secret; encoders leave it out with omitzero.
func (t Text) IsZero() bool { return t.value == nil }

// Equal takes as long for any two secrets of one length.
func (t Text) Equal(other Text) bool {
	return subtle.ConstantTimeCompare([]byte(t.Reveal()), []byte(other.Reveal())) == 1
}

func (t Text) String() string {
	if t.IsZero() {
		return ""
	}
	return Mask
}

// Format answers every verb with the mask.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

func (t Text) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText is the mask, in JSON and YAML too: a secret is written by who calls Reveal.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

func (t *Text) UnmarshalText(text []byte) error {
	*t = New(string(text))
	return nil
}
