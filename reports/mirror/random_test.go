package mirror_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/reports/mirror"
)

// Random edits on both sides: after a sync without conflicts both are equal, and nothing that ever was is lost: it is in the history
// or on the disk. Some syncs are killed between any two of their steps.
func TestRandomEditsLoseNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := &random{world: newWorld(t), Rand: rand.New(rand.NewPCG(seed, 1)), written: map[string]bool{}, excused: map[string]bool{}}
			clean := 0
			for range 25 {
				for range r.IntN(5) {
					r.editDisk()
				}
				for range r.IntN(5) {
					r.editCatalog()
				}
				if r.IntN(3) == 0 {
					r.killed()
				}
				result := r.sync()
				if len(result.Problems) > 0 {
					t.Fatalf("%+v", result)
				}
				if len(result.Conflicts) == 0 {
					clean++
				} else {
					r.decide(result.Conflicts)
				}
				r.check()
			}
			if clean == 0 {
				t.Error("no sync was without conflicts: the test says little")
			}
		})
	}
}

var errKilled = errors.New("killed")

type random struct {
	*world
	*rand.Rand
	written map[string]bool // every content there ever was
	excused map[string]bool // overwritten or removed by the person before any sync saw it
	made    int
}

func (r *random) content() string {
	r.made++
	content := doc(fmt.Sprintf("text %d", r.made))
	r.written[content] = true
	return content
}

func (r *random) place() string {
	return []string{"", "a/", "b/c/"}[r.IntN(3)] + fmt.Sprintf("r%d.md", r.IntN(12))
}

func (r *random) editDisk() {
	files := slices.Sorted(maps.Keys(r.onDisk()))
	if len(files) == 0 || r.IntN(4) == 0 {
		if at := r.place(); !slices.ContainsFunc(files, func(f string) bool { return slug(f) == slug(at) }) {
			r.write(at, r.content())
		}
		return
	}
	file := files[r.IntN(len(files))]
	switch r.IntN(4) {
	case 0:
		r.excuse(file)
		r.remove(file)
	case 1:
		to := []string{"", "a/", "b/c/"}[r.IntN(3)] + slug(file) + ".md"
		if !slices.Contains(files, to) {
			r.rename(file, to)
		}
	default:
		r.excuse(file)
		r.write(file, r.content())
	}
}

func (r *random) excuse(file string) {
	if content := r.onDisk()[file]; !r.history()[content] {
		r.excused[content] = true
	}
}

// history are the contents of all revisions, also of deleted reports.
func (r *random) history() map[string]bool {
	r.t.Helper()
	contents := map[string]bool{}
	for _, deleted := range []bool{false, true} {
		entries, err := r.All(r.t.Context(), r.actor, catalog.Filter{Deleted: deleted})
		if err != nil {
			r.t.Fatal(err)
		}
		for _, entry := range entries {
			for number := range entry.Revision {
				revision, err := r.Document(r.t.Context(), r.actor, entry.ID, number+1)
				if err != nil {
					r.t.Fatal(err)
				}
				contents[string(revision.Document)] = true
			}
		}
	}
	return contents
}

// files are the contents of all files, also those that no sync reads.
func (r *random) files() map[string]bool {
	r.t.Helper()
	contents := map[string]bool{}
	for _, file := range append(slices.Collect(maps.Keys(r.onDisk())), r.leftovers()...) {
		content, err := os.ReadFile(filepath.Join(r.dir, file))
		if err != nil {
			r.t.Fatal(err)
		}
		contents[string(content)] = true
	}
	return contents
}

func slug(file string) string {
	at, _ := catalog.PathOf(file)
	return at.Name
}

func (r *random) editCatalog() {
	entries, err := r.All(r.t.Context(), r.actor, catalog.Filter{})
	if err != nil {
		r.t.Fatal(err)
	}
	if len(entries) == 0 || r.IntN(4) == 0 {
		at := r.place()
		if _, err := r.Get(r.t.Context(), r.actor, slug(at)); err != nil {
			r.save(at, r.content())
		}
		return
	}
	entry := entries[r.IntN(len(entries))]
	switch r.IntN(4) {
	case 0:
		r.must(nil, r.Delete(r.t.Context(), r.actor, entry.ID, 0))
	case 1:
		r.must(r.Move(r.t.Context(), r.actor, entry.ID, []string{"", "a", "b/c"}[r.IntN(3)]))
	default:
		r.save(entry.Slug+".md", r.content())
	}
}

// killed is a sync that ends after a number of changes, before what it did is remembered.
func (r *random) killed() {
	r.t.Helper()
	left := r.IntN(6)
	_, err := r.try(func(o *mirror.Options) {
		o.Catalog, o.Folder = dyingCatalog{o.Catalog, &left}, dyingFolder{o.Folder, &left}
	})
	if err != nil && !errors.Is(err, errKilled) {
		r.t.Fatal(err)
	}
}

// decide gives every conflict to one of the sides.
func (r *random) decide(conflicts []string) {
	r.t.Helper()
	var ours, theirs []string
	for _, conflict := range conflicts {
		name := conflict[:slices.Index([]byte(conflict), ':')]
		if r.IntN(2) == 0 {
			ours = append(ours, name)
		} else {
			theirs = append(theirs, name)
		}
	}
	if _, err := r.try(func(o *mirror.Options) { o.Ours, o.Theirs = ours, theirs }); err != nil {
		r.t.Fatal(err)
	}
	r.sync()
}

func (r *random) check() {
	r.t.Helper()
	if result := r.sync(); len(result.Conflicts) == 0 && !maps.Equal(r.onDisk(), r.inCatalog()) {
		r.t.Fatalf("%+v\nfolder  %s\ncatalog %s", result, all(r.onDisk()), all(r.inCatalog()))
	}
	history, files := r.history(), r.files()
	for content := range r.written {
		if !history[content] && !files[content] && !r.excused[content] {
			r.t.Fatalf("lost: %s", word(content))
		}
	}
}

// dyingCatalog is killed in the middle of the work.
type dyingCatalog struct {
	mirror.Catalog
	left *int
}

func dies(left *int) error {
	*left--
	if *left < 0 {
		return errKilled
	}
	return nil
}

func (d dyingCatalog) Create(ctx context.Context, at catalog.Path, file string, content []byte, message string) (mirror.Kept, error) {
	if err := dies(d.left); err != nil {
		return mirror.Kept{}, err
	}
	return d.Catalog.Create(ctx, at, file, content, message)
}

func (d dyingCatalog) Save(ctx context.Context, item mirror.Kept, file string, content []byte, message string) (mirror.Kept, error) {
	if err := dies(d.left); err != nil {
		return mirror.Kept{}, err
	}
	return d.Catalog.Save(ctx, item, file, content, message)
}

func (d dyingCatalog) Move(ctx context.Context, item mirror.Kept, to catalog.Path) (mirror.Kept, error) {
	if err := dies(d.left); err != nil {
		return mirror.Kept{}, err
	}
	return d.Catalog.Move(ctx, item, to)
}

func (d dyingCatalog) Delete(ctx context.Context, item mirror.Kept) error {
	return errors.Join(dies(d.left), d.Catalog.Delete(ctx, item))
}

// dyingFolder also dies between a change and the memory of it, since the state is one of its files.
type dyingFolder struct {
	mirror.Folder
	left *int
}

func (d dyingFolder) Write(file string, content []byte, was string) error {
	if err := dies(d.left); err != nil {
		return err
	}
	return d.Folder.Write(file, content, was)
}

func (d dyingFolder) Rename(from, to string) error {
	if err := dies(d.left); err != nil {
		return err
	}
	return d.Folder.Rename(from, to)
}

func (d dyingFolder) Remove(file, was string) error {
	if err := dies(d.left); err != nil {
		return err
	}
	return d.Folder.Remove(file, was)
}
