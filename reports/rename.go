package reports

import (
	"fmt"
	"maps"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// RenameCell gives a cell another name, in its fence line and wherever the document refers to it, and changes no other byte. It
// refuses, with [Problems] or a sentence, when a reference cannot be rewritten or the result would mean something else.
func (d *Document) RenameCell(from, to string, options CheckOptions) (*Document, error) {
	return d.rename(cellName, from, to, options)
}

// RenameField does for a field of the form what [Document.RenameCell] does for a cell. A field that a snippet uses keeps its name:
// other reports share the snippet.
func (d *Document) RenameField(from, to string, options CheckOptions) (*Document, error) {
	return d.rename(fieldName, from, to, options)
}

func (d *Document) rename(of target, from, to string, options CheckOptions) (*Document, error) {
	old, taken := d.occurrences(of, from, options), d.occurrences(of, to, options)
	switch {
	case !old.declared:
		return nil, fault.New(fault.NotFound, "%s has no %s %q", d.Name, of, from)
	case !isName(to) || (of == fieldName && reserved[to]):
		return nil, fault.New(fault.Invalid, "a %s cannot be called %q: %s", of, to, nameRule)
	case taken.declared:
		return nil, fault.New(fault.Invalid, "there is a %s %q already", of, to)
	case len(taken.places) > 0 || len(taken.findings) > len(old.findings):
		return nil, fault.New(fault.Invalid, "the document refers to a %s %q already, which does not exist: mend that first", of, to)
	case len(old.findings) > 0:
		return nil, d.refuse(old.findings)
	}
	renamed, err := Parse(d.Name, d.replace(old.places, from, to))
	if err != nil {
		return nil, err
	}
	if after := renamed.Check(options); len(after) > len(d.Check(options)) {
		return nil, fault.New(fault.Invalid, "%w", Problems(after))
	}
	return renamed, nil
}

func (d *Document) refuse(findings []finding) error {
	return fault.New(fault.Invalid, "%w", Problems(locate(d.Name, d.data, findings)))
}

// occurrences are all places of a name in a document.
type occurrences struct {
	declared bool
	places   map[int]bool // offsets of its first byte
	findings []finding    // what keeps it from being renamed
}

func (d *Document) occurrences(of target, name string, options CheckOptions) occurrences {
	o := occurrences{places: map[int]bool{}}
	for _, m := range d.mentions {
		if m.target == of && m.span.text == name {
			o.declared = o.declared || m.declares
			o.add(d, m.span, name, 0)
		}
	}
	for _, s := range d.sites {
		refs, err := references(s.span.text)
		if err != nil {
			message := "the template does not parse, so that its names cannot be found: mend it first"
			o.findings = append(o.findings, finding{s.span.start, message})
		}
		for _, ref := range refs {
			switch {
			case ref.target == of && ref.name == name:
				o.add(d, s.span, name, ref.from)
			case ref.target == snippetName && usedBySnippet(of, name, ref.name, options, map[string]bool{}):
				message := fmt.Sprintf("the snippet %q, which other reports share, refers to the %s %q: write its SQL out here first",
					ref.name, of, name)
				o.findings = append(o.findings, finding{s.span.at(ref.from), message})
			}
		}
	}
	return o
}

func (o *occurrences) add(d *Document, s span, name string, from int) {
	start, end, ok := s.verbatim(d.data, from, from+len(name))
	if !ok || string(d.data[start:end]) != name {
		message := fmt.Sprintf("%q is not written plainly here: write it without escapes and aliases first", name)
		o.findings = append(o.findings, finding{s.at(from), message})
		return
	}
	o.places[start] = true
}

// usedBySnippet tells whether a snippet, or one that it uses, refers to a name.
func usedBySnippet(of target, name, snippet string, options CheckOptions, seen map[string]bool) bool {
	if options.Snippets == nil || seen[snippet] {
		return false
	}
	seen[snippet] = true
	text, _ := options.Snippets.Snippet(snippet)
	refs, _ := references(text)
	return slices.ContainsFunc(refs, func(ref reference) bool {
		return ref.target == of && ref.name == name ||
			ref.target == snippetName && usedBySnippet(of, name, ref.name, options, seen)
	})
}

// replace writes another name over one at the given offsets.
func (d *Document) replace(places map[int]bool, from, to string) []byte {
	var data []byte
	at := 0
	for _, place := range slices.Sorted(maps.Keys(places)) {
		data = append(append(data, d.data[at:place]...), to...)
		at = place + len(from)
	}
	return append(data, d.data[at:]...)
}
