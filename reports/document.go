// Package reports is the report document: one Markdown file of YAML front matter, prose and fenced cells. It parses the file, finds
// every problem of it at once, and edits it without touching a byte that the edit is not about.
package reports

// Document is a parsed file. It keeps the bytes it was parsed from; [Report] is what they mean. A document never changes: the
// edits return a new one.
type Document struct {
	// Name is what problems call the file, usually its path.
	Name   string
	Report *Report

	data      []byte
	findings  []finding
	sites     []site
	mentions  []mention
	sources   []span         // every source that is named
	workbooks []span         // every workbook that an export fills
	fields    []*mapping     // the declaration of each field of the form, in the same order
	cells     map[string]int // by name, the index of their block
	here      cursor         // goes along with the cells
	headless  bool           // the front matter does not parse: what the body refers to is not known
}

// Parse reads a document. An error, always fault.Invalid around a [Problem], means that the data is no report at all: too large, not
// text, without front matter. All other mistakes are left to [Document.Check], and the report has whatever could be read.
func Parse(name string, data []byte) (*Document, error) {
	d := &Document{Name: name, Report: &Report{}, data: data, cells: map[string]int{}, here: cursor{data: data, line: 1, column: 1}}
	if err := d.acceptable(); err != nil {
		return nil, err
	}
	front, body, err := d.split()
	if err != nil {
		return nil, err
	}
	d.readFront(front)
	d.readBody(body)
	return d, nil
}

// Bytes is exactly what was parsed.
func (d *Document) Bytes() []byte { return d.data }

func (d *Document) find(offset int, message string) {
	d.findings = append(d.findings, finding{offset, message})
}
