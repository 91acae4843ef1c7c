package catalog

import (
	"context"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// MaxFileBytes is as large as a workbook can be.
const MaxFileBytes = 20 << 20

// Files are the workbooks of a folder, or of all when it is nil, without content, for those who write reports.
func (c *Catalog) Files(ctx context.Context, actor *people.Actor, folder *string) ([]File, error) {
	if err := writes(actor, "see workbooks"); err != nil {
		return nil, err
	}
	files, err := c.store.Files(ctx, folder, false)
	if err != nil || actor.IsAdministrator() {
		return files, err
	}
	return c.visibleFiles(ctx, actor, files)
}

// DeletedFiles are the workbooks that were deleted, for administrators.
func (c *Catalog) DeletedFiles(ctx context.Context, actor *people.Actor) ([]File, error) {
	if !actor.IsAdministrator() {
		return nil, fault.New(fault.Forbidden, "Only administrators see deleted workbooks.")
	}
	return c.store.Files(ctx, nil, true)
}

// place is a workbook of a folder.
type place struct{ folder, name string }

// visibleFiles are the actor's own, those of folders that are shared with them, and those that fill reports whose making they may see. A
// report of one's own in the folder is not enough: anybody may put one there.
func (c *Catalog) visibleFiles(ctx context.Context, actor *people.Actor, files []File) ([]File, error) {
	entries, err := c.all(ctx, viewerOf(actor), Filter{})
	if err != nil {
		return nil, err
	}
	fills, shared := map[place]bool{}, map[string]bool{}
	for _, entry := range entries {
		for _, name := range entry.Workbooks {
			fills[place{entry.Folder, name}] = fills[place{entry.Folder, name}] || entry.Level >= people.ViewSQL
		}
	}
	for _, file := range files {
		if _, known := shared[file.Folder]; known {
			continue
		}
		level, err := c.rights.FolderLevel(ctx, actor.ID, file.Folder)
		if err != nil {
			return nil, err
		}
		shared[file.Folder] = level >= people.ViewSQL
	}
	var visible []File
	for _, file := range files {
		if file.Author == actor.Email || shared[file.Folder] || fills[place{file.Folder, file.Name}] {
			visible = append(visible, file)
		}
	}
	return visible, nil
}

// mayFill refuses a report that would show the actor a workbook of the folder which they do not see. Those it filled already are fine.
func (c *Catalog) mayFill(ctx context.Context, actor *people.Actor, folder string, workbooks, already []string) error {
	if actor.IsAdministrator() || len(workbooks) == 0 {
		return nil
	}
	files, err := c.store.Files(ctx, &folder, false)
	if err != nil {
		return err
	}
	visible, err := c.visibleFiles(ctx, actor, files)
	if err != nil {
		return err
	}
	named := func(name string) func(File) bool { return func(f File) bool { return f.Name == name } }
	for _, name := range workbooks {
		if !slices.Contains(already, name) && slices.ContainsFunc(files, named(name)) && !slices.ContainsFunc(visible, named(name)) {
			return fault.New(fault.Forbidden, "The workbook %s of the folder %q is not shared with you, so your report cannot fill it.", name, folder)
		}
	}
	return nil
}

// File is a workbook with its content.
func (c *Catalog) File(ctx context.Context, actor *people.Actor, folder, name string) (File, error) {
	if err := c.hasFile(ctx, actor, folder, name); err != nil {
		return File{}, err
	}
	return c.store.File(ctx, folder, name)
}

// hasFile refuses a workbook that the actor does not see.
func (c *Catalog) hasFile(ctx context.Context, actor *people.Actor, folder, name string) error {
	if !storable(folder, name) {
		return fault.New(fault.NotFound, "There is no such workbook.")
	}
	files, err := c.Files(ctx, actor, &folder)
	if err == nil && !slices.ContainsFunc(files, func(f File) bool { return f.Name == name }) {
		err = fault.New(fault.NotFound, "There is no workbook %q in the folder %q.", name, folder)
	}
	return err
}

// PutFile keeps a workbook of a folder; an earlier one of that name stays in its history. The actor must be able to edit all reports
// that it fills. base is the revision that the change began with, 0 for a new one, negative for whichever is current.
func (c *Catalog) PutFile(ctx context.Context, actor *people.Actor, folder, name string, content []byte, base int) (File, error) {
	if err := c.mayFile(ctx, actor, folder, name); err != nil {
		return File{}, err
	}
	switch {
	case len(content) > MaxFileBytes:
		return File{}, fault.New(fault.Invalid, "The workbook %s has %d MB: 20 MB are the most.", name, len(content)>>20)
	case len(content) < 4 || string(content[:4]) != "PK\x03\x04":
		return File{}, fault.New(fault.Invalid, "%s is no workbook: save it as .xlsx first.", name)
	}
	file := File{Folder: folder, Name: name, Content: content, Size: int64(len(content)), SHA256: Checksum(content), Author: actor.Email}
	event := actor.Did("workbook.saved", "workbook", folder+"/"+name, name, map[string]any{"folder": folder, "sha256": file.SHA256})
	return c.store.SaveFile(ctx, file, base, event)
}

// DeleteFile deletes a workbook that no report fills.
func (c *Catalog) DeleteFile(ctx context.Context, actor *people.Actor, folder, name string, base int) error {
	if err := c.mayFile(ctx, actor, folder, name); err != nil {
		return err
	}
	using, err := c.filledBy(ctx, folder, name)
	if err != nil {
		return err
	}
	if len(using) > 0 {
		return fault.New(fault.Conflict, "The report %q fills the workbook %s: change it first.", using[0].Title, name)
	}
	event := actor.Did("workbook.deleted", "workbook", folder+"/"+name, name, map[string]any{"folder": folder})
	return c.store.DeleteFile(ctx, folder, name, base, event)
}

// FileUses are the reports that fill the workbook and that the actor may run; hidden counts the others.
func (c *Catalog) FileUses(ctx context.Context, actor *people.Actor, folder, name string) (visible []Entry, hidden int, err error) {
	if err := c.hasFile(ctx, actor, folder, name); err != nil {
		return nil, 0, err
	}
	all, err := c.filledBy(ctx, folder, name)
	if err != nil {
		return nil, 0, err
	}
	visible, err = c.all(ctx, viewerOf(actor), Filter{Folder: &folder, Workbook: name})
	for _, entry := range all {
		if !slices.ContainsFunc(visible, func(e Entry) bool { return e.ID == entry.ID }) {
			hidden++
		}
	}
	return visible, hidden, err
}

func (c *Catalog) filledBy(ctx context.Context, folder, name string) ([]Entry, error) {
	return c.all(ctx, everyone, Filter{Folder: &folder, Workbook: name})
}

// mayFile tells whether the actor may change that workbook.
func (c *Catalog) mayFile(ctx context.Context, actor *people.Actor, folder, name string) error {
	if err := writes(actor, "change workbooks"); err != nil {
		return err
	}
	if err := CheckFolder(folder); err != nil {
		return err
	}
	if err := CheckFile(name); err != nil {
		return err
	}
	files, err := c.store.Files(ctx, &folder, false)
	if err != nil {
		return err
	}
	for _, file := range files {
		if file.Name == name && file.Provisioned != "" {
			return provisioned("workbook", name, file.Provisioned)
		}
	}
	if err := c.seesFile(ctx, actor, files, name); err != nil {
		return err
	}
	using, err := c.filledBy(ctx, folder, name)
	if err != nil {
		return err
	}
	for _, entry := range using {
		if level, err := c.level(ctx, actor, entry.ID); err != nil || level < people.Edit {
			return fault.New(fault.Forbidden, "The workbook %s is filled by a report that you may not change.", name)
		}
	}
	return nil
}

// seesFile refuses to change a workbook, among those of its folder, that the actor does not see. One that is not there is fine.
func (c *Catalog) seesFile(ctx context.Context, actor *people.Actor, files []File, name string) error {
	files = slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.Name != name })
	if actor.IsAdministrator() || len(files) == 0 {
		return nil
	}
	visible, err := c.visibleFiles(ctx, actor, files)
	if err == nil && len(visible) == 0 {
		err = fault.New(fault.Forbidden, "There is a workbook %s in that folder, which is not shared with you: choose another name.", name)
	}
	return err
}
