package api_test

import (
	"mime"
	"net/http"
	"strings"
	"testing"
)

// Every browser gets the name itself or, where it reads only plain letters, one that it can keep.
func TestFileNamesArriveAsTheyAre(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for given, want := range map[string]string{
		"cards 2025-01.csv":       `attachment; filename="cards 2025-01.csv"`,
		"карты «лучших» 50% 🎉":    `attachment; filename="_____ ________ 50_ _.csv"; filename*=UTF-8''%D0%BA%D0%B0%D1%80%D1%82%D1%8B%20%C2%AB%D0%BB%D1%83%D1%87%D1%88%D0%B8%D1%85%C2%BB%2050%25%20%F0%9F%8E%89.csv`,
		"Zoë; filename=evil.exe'": `attachment; filename="Zoe; filename=evil.exe'.csv"; filename*=UTF-8''Zo%C3%AB%3B%20filename%3Devil.exe%27.csv`,
		"əmək":                    `attachment; filename="_m_k.csv"; filename*=UTF-8''%C9%99m%C9%99k.csv`,
		"100%25 off":              `attachment; filename="100_25 off.csv"; filename*=UTF-8''100%2525%20off.csv`,
	} {
		slug := "named-" + strings.Repeat("x", len(given))
		d.report(slug, "---\ntitle: Named\nexports: [{cells: [c], format: csv, filename: \""+given+"\"}]\n---\n```sql c\nSELECT 1 AS x\n```\n")
		run := d.run("rob", slug, nil)
		file := d.want(http.StatusOK, "rob", "GET", run.string("artifacts", 0, "url"), nil)
		got := file.Header.Get("Content-Disposition")
		if got != want {
			t.Errorf("%s: got %s, want %s", given, got, want)
		}
		kind, parameters, err := mime.ParseMediaType(got)
		if err != nil || kind != "attachment" || parameters["filename"] != run.string("artifacts", 0, "name") {
			t.Errorf("%s: read back %q, %v, want %q", got, parameters, err, run.string("artifacts", 0, "name"))
		}
	}
}

func TestFilesHaveTheirTypes(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("all", fenced(`---
title: All
exports:
  - {cells: [a], format: csv}
  - {cells: [a], format: json}
  - {cells: [a], format: parquet}
  - {cells: [a], format: xlsx}
  - {cells: [a, b], format: csv}
---
~~~sql a
SELECT 1 AS x
~~~
~~~sql b
SELECT 2 AS x
~~~
`))
	run := d.run("rob", "all", nil)
	for i, want := range []string{
		"text/csv; charset=utf-8", "application/json", "application/vnd.apache.parquet",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip",
	} {
		file := d.want(http.StatusOK, "rob", "HEAD", run.string("artifacts", i, "url"), nil)
		if file.Header.Get("Content-Type") != want || file.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: got %v, want %s", run.string("artifacts", i, "name"), file.Header, want)
		}
	}
}
