package mirror_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/reports/mirror"
)

// Each case begins with a/x.md and b.md, the same on both sides. Both sides are then changed and brought together.
var cases = []struct {
	name     string
	change   func(w *world)
	changes  string // of the sync
	conflict string // a part of its sentence; empty for none
	disk     string
	catalog  string // as disk when empty
}{
	{"nothing changed", func(*world) {}, "", "", "a/x.md=x b.md=b", ""},
	{"the folder's change is saved", func(w *world) { w.write("a/x.md", doc("new")) },
		"catalog: save a/x.md", "", "a/x.md=new b.md=b", ""},
	{"the catalog's change is written", func(w *world) { w.save("a/x.md", doc("new")) },
		"folder: write a/x.md", "", "a/x.md=new b.md=b", ""},
	{"changes of both are a conflict", func(w *world) { w.write("a/x.md", doc("mine")); w.save("a/x.md", doc("theirs")) },
		"", "a/x.md: changed in the folder and in the catalog (version 2 by command line)", "a/x.md=mine b.md=b", "a/x.md=theirs b.md=b"},
	{"the same change on both is none", func(w *world) { w.write("a/x.md", doc("new")); w.save("a/x.md", doc("new")) },
		"", "", "a/x.md=new b.md=b", ""},
	{"a change taken back is none", func(w *world) {
		w.write("a/x.md", doc("mine"))
		w.save("a/x.md", doc("new"))
		w.save("a/x.md", doc("x"))
	}, "catalog: save a/x.md", "", "a/x.md=mine b.md=b", ""},
	{"a new file is created", func(w *world) { w.write("c/d/y.md", doc("y")) },
		"catalog: create c/d/y.md", "", "a/x.md=x b.md=b c/d/y.md=y", ""},
	{"a new report is written", func(w *world) { w.save("c/d/y.md", doc("y")) },
		"folder: write c/d/y.md", "", "a/x.md=x b.md=b c/d/y.md=y", ""},
	{"new on both and the same", func(w *world) { w.save("c/y.md", doc("y")); w.write("c/y.md", doc("y")) },
		"", "", "a/x.md=x b.md=b c/y.md=y", ""},
	{"new on both and different", func(w *world) { w.save("c/y.md", doc("theirs")); w.write("c/y.md", doc("mine")) },
		"", "c/y.md: new in the folder", "a/x.md=x b.md=b c/y.md=mine", "a/x.md=x b.md=b c/y.md=theirs"},
	{"deleted in the folder", func(w *world) { w.remove("a/x.md") },
		"catalog: delete a/x.md", "", "b.md=b", ""},
	{"deleted in the catalog", func(w *world) { w.must(nil, w.Delete(w.t.Context(), w.actor, "x", 0)) },
		"folder: remove a/x.md", "", "b.md=b", ""},
	{"deleted on both", func(w *world) { w.remove("a/x.md"); w.must(nil, w.Delete(w.t.Context(), w.actor, "x", 0)) },
		"", "", "b.md=b", ""},
	{"deleted in the folder, changed in the catalog", func(w *world) { w.remove("a/x.md"); w.save("a/x.md", doc("new")) },
		"", "a/x.md: deleted in the folder, changed in the catalog", "b.md=b", "a/x.md=new b.md=b"},
	{"changed in the folder, deleted in the catalog", func(w *world) {
		w.write("a/x.md", doc("new"))
		w.must(nil, w.Delete(w.t.Context(), w.actor, "x", 0))
	}, "", "a/x.md: changed in the folder, deleted in the catalog", "a/x.md=new b.md=b", "b.md=b"},
	{"moved in the folder", func(w *world) { w.rename("a/x.md", "c/x.md") },
		"catalog: move a/x.md to c/x.md", "", "b.md=b c/x.md=x", ""},
	{"renamed in the folder", func(w *world) { w.rename("a/x.md", "a/y.md") },
		"catalog: move a/x.md to a/y.md", "", "a/y.md=x b.md=b", ""},
	{"moved and changed in the folder", func(w *world) { w.remove("a/x.md"); w.write("c/x.md", doc("new")) },
		"catalog: move a/x.md to c/x.md, catalog: save c/x.md", "", "b.md=b c/x.md=new", ""},
	{"moved in the catalog", func(w *world) { w.must(w.Move(w.t.Context(), w.actor, "x", "c/d")) },
		"folder: rename a/x.md to c/d/x.md", "", "b.md=b c/d/x.md=x", ""},
	{"renamed in the catalog", func(w *world) { w.must(w.Rename(w.t.Context(), w.actor, w.id("x"), "y")) },
		"folder: rename a/x.md to a/y.md", "", "a/y.md=x b.md=b", ""},
	{"renamed in the catalog, changed in the folder", func(w *world) {
		w.must(w.Rename(w.t.Context(), w.actor, w.id("x"), "y"))
		w.write("a/x.md", doc("new"))
	}, "folder: rename a/x.md to a/y.md, catalog: save a/y.md", "", "a/y.md=new b.md=b", ""},
	{"moved in the folder, changed in the catalog", func(w *world) { w.rename("a/x.md", "c/x.md"); w.save("a/x.md", doc("new")) },
		"catalog: move a/x.md to c/x.md, folder: write c/x.md", "", "b.md=b c/x.md=new", ""},
	{"moved to two places", func(w *world) {
		w.rename("a/x.md", "c/x.md")
		w.must(w.Move(w.t.Context(), w.actor, "x", "d"))
	}, "", "moved in the folder to c/x.md, and in the catalog to d/x.md", "b.md=b c/x.md=x", "b.md=b d/x.md=x"},
	{"moved to the same place on both", func(w *world) {
		w.rename("a/x.md", "c/x.md")
		w.must(w.Move(w.t.Context(), w.actor, "x", "c"))
	}, "", "", "b.md=b c/x.md=x", ""},
	{"two files change places", func(w *world) {
		w.rename("a/x.md", "t.md")
		w.rename("b.md", "a/x.md")
		w.rename("t.md", "b.md")
	}, "catalog: save a/x.md, catalog: save b.md", "", "a/x.md=b b.md=x", ""},
	{"a copy is a new report", func(w *world) { w.write("a/y.md", doc("x")) },
		"catalog: create a/y.md", "", "a/x.md=x a/y.md=x b.md=b", ""},
}

func TestThreeWays(t *testing.T) {
	t.Parallel()
	shared := newWorld(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := shared.anew(t)
			w.write("a/x.md", doc("x"))
			w.save("b.md", doc("b"))
			w.clean()
			id := w.id("x")
			c.change(w)
			if c.catalog == "" {
				c.catalog = c.disk
			}
			dry, err := w.try(func(o *mirror.Options) { o.DryRun = true })
			planned := w.changes
			result := w.sync()
			if err != nil || len(dry.Conflicts) != len(result.Conflicts) || !slices.Equal(planned, w.changes) {
				t.Errorf("planned %v %v, done %v", planned, dry, w.changes)
			}
			if got := strings.Join(w.changes, ", "); got != c.changes {
				t.Errorf("changes: %s", got)
			}
			told := strings.Join(result.Conflicts, "\n")
			if (c.conflict == "") != (told == "") || !strings.Contains(told, c.conflict) || len(result.Problems) > 0 {
				t.Errorf("%+v", result)
			}
			if disk, kept := all(w.onDisk()), all(w.inCatalog()); disk != c.disk || kept != c.catalog {
				t.Errorf("folder  %s\ncatalog %s", disk, kept)
			}
			if entry, err := w.Get(t.Context(), w.actor, id); err != nil || entry.ID != id {
				t.Errorf("the report was lost: %v", err)
			}
			if again := w.sync(); len(w.changes) > 0 || len(again.Conflicts) != len(result.Conflicts) {
				t.Errorf("again: %v %+v", w.changes, again)
			}
			if more := w.leftovers(); len(more) > 0 {
				t.Errorf("left over: %v", more)
			}
		})
	}
}

// A conflict is decided file by file. What the folder had is kept beside it when the catalog wins.
func TestConflictsAreDecided(t *testing.T) {
	t.Parallel()
	shared := newWorld(t)
	for _, c := range []struct {
		name       string
		change     func(w *world)
		ours       string
		theirs     string
		theirsKeep string
	}{
		{"both changed", func(w *world) { w.write("x.md", doc("mine")); w.save("x.md", doc("theirs")) }, "x.md=mine", "x.md=theirs", "x.md.orig"},
		{"new on both", func(w *world) {
			w.write("y.md", doc("mine"))
			w.save("y.md", doc("theirs"))
			w.remove("x.md")
		}, "y.md=mine", "y.md=theirs", "y.md.orig"},
		{"deleted in the folder", func(w *world) { w.remove("x.md"); w.save("x.md", doc("theirs")) }, "", "x.md=theirs", ""},
		{"deleted in the catalog", func(w *world) {
			w.write("x.md", doc("mine"))
			w.must(nil, w.Delete(w.t.Context(), w.actor, "x", 0))
		}, "x.md=mine", "", "x.md.orig"},
		{"moved on both", func(w *world) {
			w.rename("x.md", "a/x.md")
			w.must(w.Move(w.t.Context(), w.actor, "x", "b"))
		}, "a/x.md=x", "b/x.md=x", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for choice, want := range map[string]string{"ours": c.ours, "theirs": c.theirs} {
				w := shared.anew(t)
				w.write("x.md", doc("x"))
				w.clean()
				c.change(w)
				conflicts := w.sync().Conflicts
				if len(conflicts) != 1 {
					t.Fatalf("%v", conflicts)
				}
				name, _, _ := strings.Cut(conflicts[0], ":")
				result, err := w.try(func(o *mirror.Options) {
					if choice == "ours" {
						o.Ours = []string{"./" + name}
					} else {
						o.Theirs = []string{name}
					}
				})
				if err != nil || len(result.Conflicts)+len(result.Problems) > 0 || all(w.onDisk()) != want || all(w.inCatalog()) != want {
					t.Errorf("%s: %+v, %v\nfolder  %s\ncatalog %s", choice, result, err, all(w.onDisk()), all(w.inCatalog()))
				}
				kept := strings.Join(w.leftovers(), " ")
				if choice == "theirs" && kept != c.theirsKeep || choice == "ours" && kept != "" {
					t.Errorf("%s: kept %q", choice, kept)
				}
				w.clean()
			}
		})
	}
}
