package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestADraftIsItsWritersAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("one-number", oneNumber)
	drafts := root + "/drafts"
	half := "---\ntitle: Half\nform: ["
	made := d.want(http.StatusCreated, "anna", "POST", drafts, map[string]any{"report": "one-number", "document": half})
	if made.string("report") != "one-number" || made.string("title") != "Half" || made.at("base").(interface{ String() string }).String() != "1" || made.string("document") != half {
		t.Errorf("%s", made.text)
	}
	one := drafts + "/" + made.string("id")
	again := d.want(http.StatusConflict, "anna", "POST", drafts, map[string]any{"report": "one-number", "document": half})
	if !strings.Contains(again.text, `"conflict":{"base":0,"current":1}`) || !strings.Contains(again.string("detail"), "go on with that one") {
		t.Errorf("%s", again.text)
	}
	saved := d.want(http.StatusOK, "anna", "PUT", one, map[string]any{"version": 1, "document": oneNumber})
	if saved.at("document") != nil || saved.string("title") != "One number" {
		t.Errorf("%s", saved.text)
	}
	late := d.want(http.StatusConflict, "anna", "PUT", one, map[string]any{"version": 1, "document": half})
	if !strings.Contains(late.text, `"conflict":{"base":1,"current":2}`) || !strings.Contains(late.string("detail"), "another window") {
		t.Errorf("%s", late.text)
	}
	if got := d.want(http.StatusOK, "anna", "GET", one, nil); got.string("document") != oneNumber {
		t.Errorf("%s", got.text)
	}
	d.want(http.StatusCreated, "anna", "POST", drafts, map[string]any{"document": ""})
	all := d.want(http.StatusOK, "anna", "GET", drafts, nil)
	if items := all.at("items").([]any); len(items) != 2 || all.at("items", 0, "document") != nil || all.string("items", 0, "report") != "" {
		t.Errorf("%s", all.text)
	}
	if of := d.want(http.StatusOK, "anna", "GET", drafts+"?report=one-number", nil); len(of.at("items").([]any)) != 1 {
		t.Errorf("%s", of.text)
	}
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		var body any
		if method == "PUT" {
			body = map[string]any{"version": 2, "document": half}
		}
		d.want(http.StatusNotFound, "root", method, one, body)
		d.want(http.StatusForbidden, "vera", method, one, body)
	}
	if of := d.want(http.StatusOK, "root", "GET", drafts, nil); len(of.at("items").([]any)) != 0 {
		t.Errorf("%s", of.text)
	}
	long := strings.Repeat("x", 1<<20+1)
	d.want(http.StatusUnprocessableEntity, "anna", "PUT", one, map[string]any{"version": 2, "document": long})
	d.want(http.StatusNoContent, "anna", "DELETE", one, nil)
	d.want(http.StatusNotFound, "anna", "GET", one, nil)
	d.want(http.StatusNotFound, "anna", "POST", drafts, map[string]any{"report": uuid.NewString(), "document": half})
}
