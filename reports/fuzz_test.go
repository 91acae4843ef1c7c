package reports_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/vitrina-reports/vitrina/reports"
)

func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/check/*.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(everywhere))
	f.Add([]byte("---\ntitle: |+\n\n  a\n\n---\n```sql a\n"))
	f.Add([]byte("---\r\ntitle: 'a\r\n\r\n b'\r\n---"))
}

// Whatever the bytes, parsing and checking end without panic, keep the bytes and point into the file.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := reports.Parse("r.md", bytes.Clone(data))
		if err != nil {
			return
		}
		if !bytes.Equal(doc.Bytes(), data) {
			t.Fatal("the bytes changed")
		}
		lines := bytes.Split(data, []byte("\n"))
		for _, problem := range doc.Check(reports.CheckOptions{}) {
			if problem.Line < 1 || problem.Line > len(lines) || problem.Column < 1 || problem.Column > 2+len(lines[problem.Line-1]) {
				t.Errorf("a place outside of the file: %s", problem)
			}
		}
	})
}

// A name that is changed there and back leaves the same bytes, unless the change is refused.
func FuzzRename(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := reports.Parse("r.md", data)
		if err != nil {
			return
		}
		for _, field := range doc.Report.Form {
			thereAndBack(t, doc, field.Name, (*reports.Document).RenameField)
		}
		for _, cell := range doc.Report.Cells() {
			thereAndBack(t, doc, cell.Name, (*reports.Document).RenameCell)
		}
	})
}

func thereAndBack(t *testing.T, doc *reports.Document, name string,
	rename func(*reports.Document, string, string, reports.CheckOptions) (*reports.Document, error),
) {
	t.Helper()
	const other = "some_other_name"
	renamed, err := rename(doc, name, other, reports.CheckOptions{})
	if err != nil {
		return
	}
	back, err := rename(renamed, other, name, reports.CheckOptions{})
	if err != nil {
		return // the name was one that cannot be given
	}
	if !bytes.Equal(back.Bytes(), doc.Bytes()) {
		t.Errorf("renaming %q there and back gives\n%q\nfor\n%q", name, back.Bytes(), doc.Bytes())
	}
}
