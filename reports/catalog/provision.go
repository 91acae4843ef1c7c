package catalog

import (
	"context"
	"io/fs"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// folderAuthor is the author of revisions that come from a folder.
const folderAuthor = "folder"

// Provision keeps what is in a folder of files as reports, snippets and workbooks that are read-only here and marked with the folder's
// name: new and changed files become revisions, those that went are deleted, and one that is back is undeleted. Files with problems
// are told of and keep the revision they had. Several processes may do it at once.
func (c *Catalog) Provision(ctx context.Context, name string, files fs.FS) ([]reports.Problem, error) {
	found, problems, refused, err := ReadFolder(files)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "The reports of the folder %s cannot be read: %w", name, err)
	}
	p := &provisioning{catalog: c, name: name, problems: problems, there: map[string]bool{}}
	for _, file := range refused {
		p.there[file] = true
	}
	for _, kind := range []Kind{SnippetFile, WorkbookFile, ReportFile} {
		if err := p.keepAll(ctx, kind, found); err != nil {
			return p.problems, err
		}
	}
	return p.problems, p.removeGone(ctx)
}

// Withdraw deletes what comes from folders that are not configured any more, so that it can come back with them. Keep are the names of
// those that are.
func (c *Catalog) Withdraw(ctx context.Context, keep ...string) error {
	names, err := c.store.ProvisionedFolders(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if slices.Contains(keep, name) {
			continue
		}
		p := &provisioning{catalog: c, name: name, there: map[string]bool{}}
		if err := p.keepAll(ctx, ReportFile, nil); err != nil {
			return err
		}
		if err := p.removeGone(ctx); err != nil {
			return err
		}
	}
	return nil
}

// provisioning is one pass over a folder.
type provisioning struct {
	catalog  *Catalog
	name     string
	problems []reports.Problem
	there    map[string]bool // files
	entries  map[string]Entry
}

func (p *provisioning) did(action, kind, id, name string) people.Event {
	return people.System().Did(action, kind, id, name, map[string]any{"folder": p.name})
}

func (p *provisioning) problem(file, message string) {
	p.problems = append(p.problems, reports.Problem{File: file, Line: 1, Column: 1, Message: message})
}

func (p *provisioning) keepAll(ctx context.Context, kind Kind, found []Found) error {
	if kind == ReportFile {
		entries, err := p.catalog.store.Provisioned(ctx, p.name)
		if err != nil {
			return err
		}
		p.entries = make(map[string]Entry, len(entries))
		for _, entry := range entries {
			p.entries[entry.File] = entry
		}
	}
	keep := map[Kind]func(context.Context, Found) error{SnippetFile: p.snippet, WorkbookFile: p.workbook, ReportFile: p.report}[kind]
	for _, file := range found {
		if file.Path.Kind != kind {
			continue
		}
		p.there[file.File] = true
		// Another process that does the same was faster: what it kept is as good.
		if err := keep(ctx, file); err != nil && fault.CodeOf(err) != fault.Conflict {
			return err
		}
	}
	return nil
}

func (p *provisioning) report(ctx context.Context, file Found) error {
	store := p.catalog.store
	entry, known := p.entries[file.File]
	if known && entry.Deleted != nil {
		if err := store.Revive(ctx, entry.ID, p.did("report.undeleted", "report", entry.ID, entry.Title)); err != nil {
			return err
		}
	}
	if known && entry.SHA256 == Checksum(file.Content) {
		return nil
	}
	draft, err := p.catalog.draft(ctx, file.File, file.Content)
	if problems, ok := problemsOf(err); ok {
		p.problems = append(p.problems, problems...)
		return nil
	}
	if err != nil {
		return err
	}
	draft.Author = folderAuthor
	if known {
		return store.Revise(ctx, entry.ID, entry.Revision, draft, p.did("report.saved", "report", entry.ID, draft.Title))
	}
	made := NewReport{ID: newID(), Slug: file.Path.Name, Folder: file.Path.Folder, Provisioned: p.name, File: file.File, Draft: draft}
	_, err = store.Create(ctx, made, p.did("report.created", "report", made.ID, made.Title))
	return err
}

func (p *provisioning) snippet(ctx context.Context, file Found) error {
	store, name := p.catalog.store, file.Path.Name
	former, err := store.Snippet(ctx, name, 0)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return err
	}
	alive := former.Revision > 0 && former.Deleted == nil
	switch {
	case alive && former.Provisioned != p.name:
		p.problem(file.File, "there is a snippet of that name already, which was not made from this folder: rename one of them")
		return nil
	case alive && former.SQL == string(file.Content):
		return nil
	}
	if _, problem := reports.ParseSnippet(file.File, file.Content); problem != nil {
		p.problems = append(p.problems, *problem)
		return nil
	}
	snippet := Snippet{Name: name, SQL: string(file.Content), Author: folderAuthor, Provisioned: p.name}
	_, err = store.SaveSnippet(ctx, snippet, former.Revision, p.did("snippet.saved", "snippet", name, name))
	return err
}

func (p *provisioning) workbook(ctx context.Context, file Found) error {
	at := file.Path
	former, err := p.catalog.store.File(ctx, at.Folder, at.Name)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return err
	}
	sum := Checksum(file.Content)
	switch {
	case former.Revision > 0 && former.Provisioned != p.name:
		p.problem(file.File, "there is a workbook of that name already, which was not made from this folder: rename one of them")
		return nil
	case former.Revision > 0 && former.SHA256 == sum:
		return nil
	}
	workbook := File{Folder: at.Folder, Name: at.Name, Content: file.Content, SHA256: sum, Author: folderAuthor, Provisioned: p.name}
	_, err = p.catalog.store.SaveFile(ctx, workbook, former.Revision, p.did("workbook.saved", "workbook", at.String(), at.Name))
	return err
}

// removeGone deletes what has no file any more.
func (p *provisioning) removeGone(ctx context.Context) error {
	store := p.catalog.store
	for file, entry := range p.entries {
		if p.there[file] || entry.Deleted != nil {
			continue
		}
		if err := store.Remove(ctx, entry.ID, 0, folderAuthor, p.did("report.deleted", "report", entry.ID, entry.Title)); err != nil && !fault.IsInvalid(err) {
			return err
		}
	}
	snippets, err := store.Snippets(ctx, false)
	if err != nil {
		return err
	}
	for _, snippet := range snippets {
		at := Path{Kind: SnippetFile, Name: snippet.Name}.String()
		if snippet.Provisioned != p.name || p.there[at] {
			continue
		}
		if err := store.DeleteSnippet(ctx, snippet.Name, 0, p.did("snippet.deleted", "snippet", snippet.Name, snippet.Name)); err != nil && !fault.IsInvalid(err) {
			return err
		}
	}
	return p.removeGoneWorkbooks(ctx)
}

func (p *provisioning) removeGoneWorkbooks(ctx context.Context) error {
	workbooks, err := p.catalog.store.Files(ctx, nil, false)
	if err != nil {
		return err
	}
	for _, workbook := range workbooks {
		at := Path{WorkbookFile, workbook.Folder, workbook.Name}.String()
		if workbook.Provisioned != p.name || p.there[at] {
			continue
		}
		event := p.did("workbook.deleted", "workbook", at, workbook.Name)
		if err := p.catalog.store.DeleteFile(ctx, workbook.Folder, workbook.Name, 0, event); err != nil && !fault.IsInvalid(err) {
			return err
		}
	}
	return nil
}
