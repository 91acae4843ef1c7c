package api_test

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/vitrina-reports/vitrina/reports"
)

// longest fills a text up to as many bytes as a document may have, with what JSON writes in many more.
func longest(head string) string {
	const odd = "\"\n\\\t<é\u2028🎉\x01 "
	text := head + strings.Repeat(odd, (reports.MaxBytes-len(head))/len(odd))
	return text + strings.Repeat("\"", reports.MaxBytes-len(text))
}

// escaped are the letters of a JSON text with an escape for each: no other way to write it is longer.
func escaped(text string) string {
	units := utf16.Encode([]rune(text))
	json := make([]byte, 0, len(units)*len(`\u0000`))
	for _, unit := range units {
		json = append(json, '\\', 'u')
		json = hex.AppendEncode(json, []byte{byte(unit >> 8), byte(unit)})
	}
	return string(json)
}

func TestADocumentMayBeAsLongAsItSaysHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	long, snippet := longest("---\ntitle: Long\n---\n"), escaped(longest("1 = 1 -- "))
	document := escaped(long)
	d.report("one-number", oneNumber)
	draft := d.want(http.StatusCreated, "anna", "POST", root+"/drafts", map[string]any{"document": ""}).string("id")
	cases := []struct {
		name, who, method, path, body, text string
		status                              int
		refused                             string // the sentence about a text that has one byte more; empty where it is a problem of the document
	}{
		{"create", "anna", "POST", "/reports", `{"document":"%s"}`, document, http.StatusCreated, "a report is at most 1 MB"},
		{"save", "anna", "PUT", "/reports/one-number/document", `{"base":1,"document":"%s"}`, document, http.StatusOK, "a report is at most 1 MB"},
		{"check", "anna", "POST", "/check", `{"document":"%s"}`, document, http.StatusOK, ""},
		{"begin a draft", "anna", "POST", "/drafts", `{"document":"%s"}`, document, http.StatusCreated, "at most 1 MB"},
		{"keep a draft", "anna", "PUT", "/drafts/" + draft, `{"version":1,"document":"%s"}`, document, http.StatusOK, "at most 1 MB"},
		{"try the form", "anna", "POST", "/trial/form", `{"document":"%s"}`, document, http.StatusOK, "a report is at most 1 MB"},
		{"keep a snippet", "anna", "PUT", "/snippets/long", `{"sql":"%s"}`, snippet, http.StatusOK, "larger than 1 MB"},
	}
	for _, c := range cases {
		over := d.ask(c.who, c.method, root+c.path, fmt.Sprintf(c.body, c.text+"x"))
		switch {
		case c.refused == "":
			if over.StatusCode != http.StatusOK || !strings.Contains(over.string("problems", 0, "message"), "1 byte over 1 MB") {
				t.Errorf("%s one byte more: %d %s", c.name, over.StatusCode, over.text)
			}
		case over.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(over.text, c.refused):
			t.Errorf("%s one byte more: %d %s", c.name, over.StatusCode, over.text)
		}
		whole := d.ask(c.who, c.method, root+c.path, fmt.Sprintf(c.body, c.text))
		if whole.StatusCode != c.status || whole.at("problems", 0) != nil {
			t.Errorf("%s: %d %.300s", c.name, whole.StatusCode, whole.text)
		}
	}
	if kept := d.want(http.StatusOK, "anna", "GET", root+"/reports/one-number/document", nil); kept.string("document") != long {
		t.Errorf("%d bytes come back", len(kept.string("document")))
	}
	flood := fmt.Sprintf(`{"document":"%s"}`, strings.Repeat("x", 8<<20))
	if over := d.want(http.StatusRequestEntityTooLarge, "anna", "POST", root+"/check", flood); !strings.Contains(over.string("detail"), "at most 8 MB") {
		t.Errorf("got %s", over.text)
	}
}
