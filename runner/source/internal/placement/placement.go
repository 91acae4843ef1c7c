// Package placement tells where in a statement a value stands, since a list is written in one way after IN and in another elsewhere.
package placement

import (
	"strings"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/templates"
)

// Place is where a value stands.
type Place int

const (
	// Elsewhere is any place that takes an expression.
	Elsewhere Place = iota
	// AfterIn is right after the keyword: id IN {{ .ids }}.
	AfterIn
	// WithinIn is alone in the brackets of IN: id IN ({{ .ids }}).
	WithinIn
)

// Of is the place of each part of the statement; that of a text or a table means nothing. No value stands within a string, name or
// comment, so that each text between two values can be read by itself.
func Of(s templates.Statement, d sqltext.Dialect) []Place {
	places := make([]Place, len(s.Parts))
	var before words
	text := ""
	for i, part := range s.Parts {
		if part.Param == nil && part.Table == "" {
			text += part.Text
			continue
		}
		for token := range d.Scan(text) {
			before.add(token)
		}
		text = ""
		if part.Param != nil {
			places[i] = before.place(d, s.Parts[i+1:])
		}
		before.add(sqltext.Token{Kind: sqltext.Quoted})
	}
	return places
}

// words are the last two tokens before a value.
type words struct{ first, second sqltext.Token }

func (w *words) add(t sqltext.Token) { w.first, w.second = w.second, t }

func (w *words) place(d sqltext.Dialect, rest []templates.Part) Place {
	if w.second.Is("IN") {
		return AfterIn
	}
	if !w.first.Is("IN") || !w.second.IsSign("(") {
		return Elsewhere
	}
	for next := range d.Scan(following(rest)) {
		if next.IsSign(")") {
			return WithinIn
		}
		break
	}
	return Elsewhere
}

// following is the text up to the next value.
func following(parts []templates.Part) string {
	var text strings.Builder
	for _, part := range parts {
		if part.Param != nil || part.Table != "" {
			break
		}
		text.WriteString(part.Text)
	}
	return text.String()
}
