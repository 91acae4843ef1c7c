package mirror

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// file is one of the folder.
type file struct {
	catalog.Found
	sum string
}

// item is one thing on both sides: as it was when they were the same, and as each side has it now. Any of the three may be missing.
type item struct {
	name  string // of the file when they were the same
	was   *synced
	disk  *file
	kept  *Kept
	steps []step
}

// file is what people know the item by.
func (it *item) file() string {
	switch {
	case it.disk != nil:
		return it.disk.File
	case it.was != nil:
		return it.name
	}
	return it.kept.Path.String()
}

func (it *item) kind() catalog.Kind {
	switch {
	case it.disk != nil:
		return it.disk.Path.Kind
	case it.was != nil:
		return it.was.Kind
	}
	return it.kept.Path.Kind
}

// plan matches the two sides with what is known of the last time.
type plan struct {
	items    []*item
	disk     map[string]*file // not matched yet, by name
	kept     map[string]*Kept // not matched yet, by kind and id
	refused  map[string]bool
	choices  map[string]choice
	conflict map[string]bool // files with one
}

func newPlan(known *state, found []catalog.Found, refused []string, kept []Kept, options Options) *plan {
	p := &plan{disk: map[string]*file{}, kept: map[string]*Kept{}, refused: map[string]bool{}, choices: map[string]choice{}, conflict: map[string]bool{}}
	for _, f := range found {
		p.disk[f.File] = &file{f, catalog.Checksum(f.Content)}
	}
	for _, k := range kept {
		p.kept[key(k.Path.Kind, k.ID)] = &k
	}
	for _, name := range refused {
		p.refused[name] = true
	}
	p.choose(options.Ours, ours)
	p.choose(options.Theirs, theirs)
	p.matchKnown(known)
	p.matchNew()
	for _, it := range p.items {
		it.steps = p.decide(it)
	}
	slices.SortStableFunc(p.items, func(a, b *item) int {
		return cmp.Or(cmp.Compare(a.turn(), b.turn()), strings.Compare(a.file(), b.file()))
	})
	return p
}

func key(kind catalog.Kind, id string) string { return string(kind) + " " + id }

func (p *plan) choose(files []string, c choice) {
	for _, name := range files {
		p.choices[path.Clean(strings.ReplaceAll(name, `\`, "/"))] = c
	}
}

// unused tells of choices for files without a conflict.
func (p *plan) unused() []string {
	var sentences []string
	for name := range p.choices {
		if !p.conflict[name] {
			sentences = append(sentences, fmt.Sprintf("%s: there is no conflict to decide here", name))
		}
	}
	slices.Sort(sentences)
	return sentences
}

// matchKnown finds what has become of everything that was the same last time.
func (p *plan) matchKnown(known *state) {
	names := make([]string, 0, len(known.Items))
	for name := range known.Items {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		was := known.Items[name]
		it := &item{name: name, was: &was, disk: p.disk[name]}
		if it.disk != nil && it.disk.Path.Kind != was.Kind {
			it.disk = nil
		}
		if it.disk != nil {
			delete(p.disk, name)
		}
		if k, ok := p.kept[key(was.Kind, was.ID)]; ok {
			it.kept = k
			delete(p.kept, key(was.Kind, was.ID))
		}
		if !p.refused[name] { // one that cannot be read is told of, and nothing becomes of it
			p.items = append(p.items, it)
		}
	}
	for _, same := range []func(*item, *file) bool{sameContent, sameName} {
		for _, it := range p.items {
			p.matchMoved(it, same)
		}
	}
	for _, it := range p.items {
		p.matchMovedWorkbook(it)
	}
}

func sameContent(it *item, f *file) bool { return f.sum == it.was.SHA256 }
func sameName(it *item, f *file) bool    { return path.Base(f.File) == path.Base(it.name) }

// matchMoved takes a report's file that is gone for the only new one that is like it.
func (p *plan) matchMoved(it *item, same func(*item, *file) bool) {
	if it.disk != nil || it.was.Kind != catalog.ReportFile {
		return
	}
	var like []string
	for name, f := range p.disk {
		if f.Path.Kind == catalog.ReportFile && same(it, f) {
			like = append(like, name)
		}
	}
	if len(like) != 1 {
		return
	}
	it.disk = p.disk[like[0]]
	delete(p.disk, like[0])
}

// matchMovedWorkbook finds a workbook whose folder the catalog has renamed.
func (p *plan) matchMovedWorkbook(it *item) {
	if it.kept != nil || it.was.Kind != catalog.WorkbookFile {
		return
	}
	for k, other := range p.kept {
		if other.Path.Kind == it.was.Kind && !other.Deleted && other.SHA256 == it.was.SHA256 && other.Path.Name == path.Base(it.was.Path) && p.disk[other.Path.String()] == nil {
			it.kept = other
			delete(p.kept, k)
			return
		}
	}
}

// matchNew pairs what is new on both sides by its name. Files that are back find what was deleted in the catalog.
func (p *plan) matchNew() {
	byName := map[string]*Kept{}
	for _, k := range p.kept {
		byName[placeOf(k.Path)] = k
	}
	for _, f := range p.disk {
		it := &item{disk: f, kept: byName[placeOf(f.Path)]}
		if it.kept != nil {
			delete(byName, placeOf(f.Path))
			delete(p.kept, key(it.kept.Path.Kind, it.kept.ID))
		}
		p.items = append(p.items, it)
	}
	for _, k := range p.kept {
		if !k.Deleted {
			p.items = append(p.items, &item{kept: k})
		}
	}
}

// placeOf is what only one thing can have: the slug of a report, wherever it lies, and the path of anything else.
func placeOf(at catalog.Path) string {
	if at.Kind == catalog.ReportFile {
		return at.Name
	}
	return at.String()
}

// turn orders the work: what reports need comes before them, and goes after them.
func (it *item) turn() int {
	goes := slices.ContainsFunc(it.steps, func(s step) bool { return s.act == deleteKept })
	switch {
	case it.kind() != catalog.ReportFile && !goes:
		return 0
	case !goes:
		return 1
	case it.kind() == catalog.ReportFile:
		return 2
	}
	return 3
}
