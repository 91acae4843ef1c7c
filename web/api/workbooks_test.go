package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestWhichReportsFillAWorkbook(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const one = root + "/files/card.xlsx"
	d.want(http.StatusOK, "anna", "PUT", one+"?folder=sales", strings.NewReader("PK\x03\x04"), "Content-Type", "application/octet-stream")
	uses := func(who string) answer {
		t.Helper()
		return d.want(http.StatusOK, who, "GET", one+"/uses?folder=sales", nil)
	}
	if none := uses("anna"); none.text != `{"hidden":0,"items":[]}`+"\n" {
		t.Errorf("got %s", none.text)
	}
	fills := fenced("---\ntitle: Fills\nexports: [{cells: [c], format: xlsx, template: card.xlsx}]\n---\n~~~sql c\nSELECT 1\n~~~\n")
	d.want(http.StatusCreated, "anna", "POST", root+"/reports", map[string]any{"document": fills, "folder": "sales", "slug": "fills"})
	d.want(http.StatusCreated, "root", "POST", root+"/reports", map[string]any{"document": fills, "folder": "sales", "slug": "fills-too"})
	d.want(http.StatusCreated, "root", "POST", root+"/reports", map[string]any{"document": fills, "folder": "trade", "slug": "fills-another"})
	if mine := uses("anna"); mine.string("items", 0, "slug") != "fills" || mine.at("items", 1) != nil || fmt.Sprint(mine.at("hidden")) != "1" {
		t.Errorf("got %s", mine.text)
	}
	if all := uses("root"); all.string("items", 1, "slug") != "fills-too" || fmt.Sprint(all.at("hidden")) != "0" {
		t.Errorf("got %s", all.text)
	}
	d.want(http.StatusNotFound, "anna", "GET", one+"/uses", nil)
	d.want(http.StatusForbidden, "rob", "GET", one+"/uses?folder=sales", nil)
	if refused := d.want(http.StatusConflict, "root", "DELETE", one+"?folder=sales", nil); !strings.Contains(refused.string("detail"), `"Fills" fills the workbook card.xlsx`) {
		t.Errorf("got %s", refused.text)
	}
}
