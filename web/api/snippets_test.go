package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestSnippetsAndWhereTheyAreUsed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const one = root + "/snippets/active"
	made := d.want(http.StatusOK, "root", "PUT", one, map[string]any{"sql": "active = 1", "message": "begun"})
	if made.string("author") != "root@example.com" || fmt.Sprint(made.at("revision")) != "1" {
		t.Errorf("got %s", made.text)
	}
	d.report("users", fenced("---\ntitle: Users\n---\n~~~sql c\nSELECT 1 AS active WHERE {{ snippet \"active\" }}\n~~~\n"))
	d.want(http.StatusOK, "root", "PUT", one, map[string]any{"sql": "active > 0", "base": 1})
	if conflict := d.want(http.StatusConflict, "anna", "PUT", one, map[string]any{"sql": "active < 0", "base": 1}); fmt.Sprint(conflict.at("conflict")) != "map[base:1 current:2]" {
		t.Errorf("got %s", conflict.text)
	}
	if wrong := d.want(http.StatusUnprocessableEntity, "root", "PUT", one, map[string]any{"sql": "{{ if }}", "base": 2}); wrong.string("problems", 0, "message") == "" {
		t.Errorf("got %s", wrong.text)
	}
	uses := d.want(http.StatusOK, "anna", "GET", one+"/uses", nil)
	if uses.string("items", 0, "report", "slug") != "users" || fmt.Sprint(uses.at("hidden")) != "0" {
		t.Errorf("got %s", uses.text)
	}
	history := d.want(http.StatusOK, "anna", "GET", one+"/revisions", nil)
	if history.string("items", 1, "message") != "begun" || history.string("items", 0, "sql") != "" {
		t.Errorf("got %s", history.text)
	}
	if first := d.want(http.StatusOK, "anna", "GET", one+"?revision=1", nil); first.string("sql") != "active = 1" {
		t.Errorf("got %s", first.text)
	}
	d.want(http.StatusNotFound, "anna", "GET", one+"?revision=3", nil)
	d.want(http.StatusConflict, "root", "DELETE", one, nil)
	if all := d.want(http.StatusOK, "anna", "GET", root+"/snippets", nil); all.string("items", 0, "sql") != "active > 0" {
		t.Errorf("got %s", all.text)
	}
}

func TestAWorkbookComesBackAsItWas(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const one = root + "/files/%D0%9F%D0%B0%D1%80%D1%82%D0%BD%D1%91%D1%80.xlsx?folder=sales"
	content := "PK\x03\x04" + strings.Repeat("\x00\xff", 1000)
	put := func(status int, who, query, content string) answer {
		return d.want(status, who, "PUT", one+query, strings.NewReader(content), "Content-Type", "application/octet-stream")
	}
	put(http.StatusForbidden, "vera", "", content)
	kept := put(http.StatusOK, "anna", "", content)
	if kept.string("name") != "Партнёр.xlsx" || fmt.Sprint(kept.at("bytes")) != "2004" || len(kept.string("sha256")) != 64 {
		t.Errorf("got %s", kept.text)
	}
	back := d.want(http.StatusOK, "anna", "GET", one, nil)
	if back.text != content || !strings.Contains(back.Header.Get("Content-Disposition"), "filename*=UTF-8''%D0%9F%D0%B0") {
		t.Errorf("got %d bytes, %v", len(back.text), back.Header)
	}
	put(http.StatusUnprocessableEntity, "anna", "", "text")
	put(http.StatusConflict, "anna", "&base=7", content+"more")
	put(http.StatusRequestEntityTooLarge, "anna", "", content+strings.Repeat("x", 20<<20))
	if files := d.want(http.StatusOK, "anna", "GET", root+"/files?folder=sales", nil); files.string("items", 0, "author") != "anna@example.com" {
		t.Errorf("got %s", files.text)
	}
	d.want(http.StatusNoContent, "anna", "DELETE", one, nil)
	d.want(http.StatusNotFound, "anna", "GET", one, nil)
}

func TestFoldersMoveWithWhatIsInThem(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.want(http.StatusCreated, "anna", "POST", root+"/folders", map[string]any{"path": "sales/east"})
	d.want(http.StatusConflict, "anna", "POST", root+"/folders", map[string]any{"path": "sales/east"})
	d.want(http.StatusCreated, "anna", "POST", root+"/reports", map[string]any{"document": "---\ntitle: Mine\n---\n", "folder": "sales/east"})
	moved := d.want(http.StatusOK, "anna", "PATCH", root+"/folders?path=sales", map[string]any{"path": "trade"})
	if fmt.Sprintf("%v %v %v", moved.at("path"), moved.at("reports"), moved.at("below")) != "trade 0 1" {
		t.Errorf("got %s", moved.text)
	}
	if report := d.want(http.StatusOK, "anna", "GET", root+"/reports/mine", nil); report.string("folder") != "trade/east" {
		t.Errorf("got %s", report.text)
	}
	d.want(http.StatusConflict, "anna", "DELETE", root+"/folders?path=trade%2Feast", nil)
	d.want(http.StatusUnprocessableEntity, "anna", "POST", root+"/folders", map[string]any{"path": "a//b"})
	if listed := d.want(http.StatusOK, "rob", "GET", root+"/folders", nil); strings.Contains(listed.text, "trade") {
		t.Errorf("a folder shows itself to who sees nothing in it: %s", listed.text)
	}
}
