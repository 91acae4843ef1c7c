package reports

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// outline is where the blocks of a document are. The editor in the pages reads documents with a parser of its own; its tests hold it
// to the files testdata/outline/*.json.
type outline struct {
	File     string         `json:"file"` // below reports
	Rejected bool           `json:"rejected,omitempty"`
	Front    [2]int         `json:"front"` // bytes of the YAML
	Body     int            `json:"body"`  // where the front matter's last line ends
	Cells    []outlinedCell `json:"cells"`
}

type outlinedCell struct {
	Kind   Kind   `json:"kind"`
	Name   string `json:"name"`
	Source string `json:"source,omitempty"`
	Whole  [2]int `json:"whole"`
	Body   [2]int `json:"body"`
	Line   int    `json:"line"`
	Closed bool   `json:"closed"`
}

func outlineOf(file string, data []byte) outline {
	o := outline{File: file, Cells: []outlinedCell{}}
	d, err := Parse(file, data)
	if err != nil {
		o.Rejected = true
		return o
	}
	front, body, _ := d.split()
	o.Front, o.Body = [2]int{front.start, front.end}, body.start
	var cells []*Cell
	for _, block := range d.Report.Blocks {
		if block.Cell != nil {
			cells = append(cells, block.Cell)
		}
	}
	for _, f := range d.fences(body) {
		if f.nested {
			continue
		}
		cell := cells[len(o.Cells)]
		o.Cells = append(o.Cells, outlinedCell{
			Kind: cell.Kind, Name: cell.Name, Source: cell.Attrs["source"], Line: cell.Line, Closed: f.closed,
			Whole: [2]int{f.whole.start, f.whole.end}, Body: [2]int{f.body.start, f.body.end},
		})
	}
	return o
}

func TestOutlinesOfDocuments(t *testing.T) {
	t.Parallel()
	for file, name := range outlinedFiles(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(outlineOf(file, data), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "outline", name+".json")
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want, append(got, '\n')) {
				t.Errorf("the outline of %s has changed; run with -update if it should:\n%s", file, got)
			}
		})
	}
}

// outlinedFiles are the reports of the library and documents that are hard to read, with the names of their outlines.
func outlinedFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for pattern, prefix := range map[string]string{"library/*.md": "library-", "testdata/check/*.md": "check-", "testdata/outline/*.md": ""} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no documents at %s: %v", pattern, err)
		}
		for _, file := range found {
			files[file] = prefix + strings.TrimSuffix(filepath.Base(file), ".md")
		}
	}
	return files
}
