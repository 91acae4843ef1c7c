package mirror

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// keeper is the catalog as a side of a sync.
type keeper struct {
	*catalog.Catalog
	actor *people.Actor
}

// Of makes the catalog a side of a sync, with the rights of an administrator.
func Of(c *catalog.Catalog, actor *people.Actor) Catalog { return keeper{c, actor} }

// Items leaves out what is provisioned from another folder.
func (k keeper) Items(ctx context.Context) ([]Kept, error) {
	var items []Kept
	for _, deleted := range []bool{false, true} {
		entries, err := k.All(ctx, k.actor, catalog.Filter{Deleted: deleted})
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			if entry.Provisioned == "" {
				items = append(items, keptReport(entry))
			}
		}
	}
	snippets, err := k.snippets(ctx)
	if err != nil {
		return nil, err
	}
	files, err := k.files(ctx)
	return append(append(items, snippets...), files...), err
}

func (k keeper) snippets(ctx context.Context) (items []Kept, err error) {
	alive, err := k.Snippets(ctx, k.actor)
	if err != nil {
		return nil, err
	}
	deleted, err := k.DeletedSnippets(ctx, k.actor)
	if err != nil {
		return nil, err
	}
	for _, snippet := range append(alive, deleted...) {
		if snippet.Provisioned == "" {
			items = append(items, keptSnippet(snippet))
		}
	}
	return items, nil
}

func (k keeper) files(ctx context.Context) (items []Kept, err error) {
	alive, err := k.Files(ctx, k.actor, nil)
	if err != nil {
		return nil, err
	}
	deleted, err := k.DeletedFiles(ctx, k.actor)
	if err != nil {
		return nil, err
	}
	for i, file := range append(alive, deleted...) {
		if file.Provisioned == "" {
			item := keptFile(file)
			item.Deleted = i >= len(alive)
			items = append(items, item)
		}
	}
	return items, nil
}

func keptReport(e catalog.Entry) Kept {
	return Kept{
		ID: e.ID, Path: catalog.Path{Kind: catalog.ReportFile, Folder: e.Folder, Name: e.Slug},
		Revision: e.Revision, SHA256: e.SHA256, Author: e.UpdatedBy, Deleted: e.Deleted != nil,
	}
}

func keptSnippet(s catalog.Snippet) Kept {
	return Kept{
		ID: s.Name, Path: catalog.Path{Kind: catalog.SnippetFile, Name: s.Name},
		Revision: s.Revision, SHA256: catalog.Checksum([]byte(s.SQL)), Author: s.Author, Deleted: s.Deleted != nil,
	}
}

func keptFile(f catalog.File) Kept {
	at := catalog.Path{Kind: catalog.WorkbookFile, Folder: f.Folder, Name: f.Name}
	return Kept{ID: at.String(), Path: at, Revision: f.Revision, SHA256: f.SHA256, Author: f.Author}
}

func (k keeper) Content(ctx context.Context, item Kept) (content []byte, err error) {
	switch item.Path.Kind {
	case catalog.ReportFile:
		revision, err := k.Document(ctx, k.actor, item.ID, item.Revision)
		return revision.Document, err
	case catalog.SnippetFile:
		snippet, err := k.Snippet(ctx, k.actor, item.ID, item.Revision)
		return []byte(snippet.SQL), err
	}
	file, err := k.File(ctx, k.actor, item.Path.Folder, item.Path.Name)
	if err == nil && file.SHA256 != item.SHA256 {
		err = fault.New(fault.Conflict, "It was changed in the catalog at this moment: sync again.")
	}
	return file.Content, err
}

func (k keeper) Create(ctx context.Context, at catalog.Path, file string, content []byte, message string) (Kept, error) {
	switch at.Kind {
	case catalog.ReportFile:
		if err := k.Check(ctx, at.Folder, file, content); err != nil {
			return Kept{}, err
		}
		entry, err := k.Catalog.Save(ctx, k.actor, catalog.Save{Document: content, Message: message, Folder: &at.Folder, Slug: at.Name, File: file})
		return keptReport(entry), err
	case catalog.SnippetFile:
		return k.saveSnippet(ctx, at, 0, content, message)
	}
	saved, err := k.PutFile(ctx, k.actor, at.Folder, at.Name, content, 0)
	return keptFile(saved), err
}

func (k keeper) Save(ctx context.Context, item Kept, file string, content []byte, message string) (Kept, error) {
	switch item.Path.Kind {
	case catalog.ReportFile:
		return k.saveReport(ctx, item, file, content, message)
	case catalog.SnippetFile:
		return k.saveSnippet(ctx, item.Path, item.Revision, content, message)
	}
	saved, err := k.PutFile(ctx, k.actor, item.Path.Folder, item.Path.Name, content, item.Revision)
	return keptFile(saved), err
}

func (k keeper) saveReport(ctx context.Context, item Kept, file string, content []byte, message string) (Kept, error) {
	at, _ := catalog.PathOf(file) // where it may yet have to be moved
	if err := k.Check(ctx, at.Folder, file, content); err != nil {
		return Kept{}, err
	}
	if item.Deleted {
		if _, err := k.Undelete(ctx, k.actor, item.ID); err != nil {
			return Kept{}, err
		}
	}
	entry, err := k.Catalog.Save(ctx, k.actor, catalog.Save{ID: item.ID, Base: item.Revision, Document: content, Message: message, File: file})
	return keptReport(entry), err
}

// saveSnippet takes a snippet also when it breaks reports: those that go with it may come next.
func (k keeper) saveSnippet(ctx context.Context, at catalog.Path, base int, content []byte, message string) (Kept, error) {
	saved, err := k.SaveSnippet(ctx, k.actor, catalog.SnippetSave{
		Name: at.Name, Base: base, SQL: string(content), Message: message, Force: true, File: at.String(),
	})
	return keptSnippet(saved), err
}

// Move is about reports: other things are called by their place.
func (k keeper) Move(ctx context.Context, item Kept, to catalog.Path) (Kept, error) {
	if item.Path.Kind != catalog.ReportFile {
		return item, nil
	}
	entry, err := k.Catalog.Move(ctx, k.actor, item.ID, to.Folder)
	if err == nil && entry.Slug != to.Name {
		entry, err = k.Rename(ctx, k.actor, item.ID, to.Name)
	}
	moved := keptReport(entry)
	// What is in it is as it was looked at: a save in the meantime is found by the next change.
	moved.Revision, moved.SHA256 = item.Revision, item.SHA256
	return moved, err
}

func (k keeper) Delete(ctx context.Context, item Kept) error {
	switch item.Path.Kind {
	case catalog.ReportFile:
		return k.Catalog.Delete(ctx, k.actor, item.ID, item.Revision)
	case catalog.SnippetFile:
		return k.DeleteSnippet(ctx, k.actor, item.ID, item.Revision)
	}
	return k.DeleteFile(ctx, k.actor, item.Path.Folder, item.Path.Name, item.Revision)
}
