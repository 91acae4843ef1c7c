package mirror

import (
	"context"
	"errors"
	"fmt"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// carrier makes the planned changes and remembers each as soon as it is made.
type carrier struct {
	Options
	known  *state
	result Result
}

func (c *carrier) carryAll(ctx context.Context, items []*item) (Result, error) {
	for _, it := range items {
		for _, s := range it.steps {
			err := c.carry(ctx, it, s)
			if err == nil {
				continue
			}
			if !c.told(it, err) {
				return c.result, errors.Join(err, c.keep())
			}
			break
		}
	}
	return c.result, c.keep()
}

func (c *carrier) keep() error {
	if c.DryRun {
		return nil
	}
	return c.known.write(c.Folder)
}

// told tells of what is wrong with one item, so that the others go on. It is false for what ends the sync.
func (c *carrier) told(it *item, err error) bool {
	var problems reports.Problems
	switch {
	case errors.As(err, &problems):
		for _, problem := range problems {
			c.result.Problems = append(c.result.Problems, problem.String())
		}
	case fault.CodeOf(err) == fault.Conflict:
		c.result.Conflicts = append(c.result.Conflicts, fmt.Sprintf("%s: %s", it.file(), err))
	case fault.IsInvalid(err):
		c.result.Problems = append(c.result.Problems, fmt.Sprintf("%s: %s", it.file(), err))
	default:
		return false
	}
	return true
}

func (c *carrier) carry(ctx context.Context, it *item, s step) error {
	if err := ctx.Err(); err != nil {
		return fault.New(fault.Cancelled, "The sync was stopped; the next one goes on from here.")
	}
	switch s.act {
	case contradict:
		c.result.Conflicts = append(c.result.Conflicts, s.reason)
		return nil
	case remember:
		c.remember(it)
		return nil
	case forget:
		delete(c.known.Items, it.name)
		return nil
	}
	change := s.told(it)
	switch {
	case !c.DryRun:
		if err := errors.Join(c.change(ctx, it, s), c.keep()); err != nil {
			return err
		}
	case s.act == renameFile:
		it.disk.File = it.kept.Path.String()
	}
	c.result.Changes++
	c.Tell(change)
	return nil
}

// told is the change in a few words, before it is made.
func (s step) told(it *item) string {
	switch s.act {
	case moveKept:
		return fmt.Sprintf("%s %s to %s", s.act, it.kept.Path, it.disk.File)
	case renameFile:
		return fmt.Sprintf("%s %s to %s", s.act, it.disk.File, it.kept.Path)
	}
	return fmt.Sprintf("%s %s", s.act, it.file())
}

func (c *carrier) change(ctx context.Context, it *item, s step) error {
	switch s.act {
	case createKept, saveKept:
		return c.save(ctx, it, s.act)
	case moveKept:
		return c.move(ctx, it)
	case deleteKept:
		return c.gone(it, c.Catalog.Delete(ctx, *it.kept))
	case renameFile:
		return c.rename(it)
	}
	if s.preserve && it.disk != nil {
		if _, err := c.Folder.Preserve(it.disk.File); err != nil {
			return err
		}
	}
	if s.act == removeFile {
		return c.gone(it, c.Folder.Remove(it.disk.File, it.disk.sum))
	}
	return c.write(ctx, it)
}

func (c *carrier) save(ctx context.Context, it *item, act action) (err error) {
	var kept Kept
	if act == createKept {
		kept, err = c.Catalog.Create(ctx, it.disk.Path, it.disk.File, it.disk.Content, c.Message)
	} else {
		kept, err = c.Catalog.Save(ctx, *it.kept, it.disk.File, it.disk.Content, c.Message)
		if err == nil && it.kept.Deleted && kept.Path != it.disk.Path {
			kept, err = c.Catalog.Move(ctx, kept, it.disk.Path) // it is back where its file is
		}
	}
	if err != nil {
		return err
	}
	it.kept = &kept
	c.remember(it)
	return nil
}

// move follows a file to another place. What the two sides had in common stays so.
func (c *carrier) move(ctx context.Context, it *item) error {
	kept, err := c.Catalog.Move(ctx, *it.kept, it.disk.Path)
	if err != nil {
		return err
	}
	it.kept = &kept
	c.moved(it, it.disk.File)
	return nil
}

func (c *carrier) rename(it *item) error {
	if err := it.kept.Path.Check(); err != nil {
		return err
	}
	to := it.kept.Path.String()
	if err := c.Folder.Rename(it.disk.File, to); err != nil {
		return err
	}
	it.disk.File = to
	c.moved(it, to)
	return nil
}

func (c *carrier) moved(it *item, file string) {
	was, known := c.known.Items[it.name]
	if !known {
		return
	}
	delete(c.known.Items, it.name)
	was.ID, was.Path = it.kept.ID, it.kept.Path.String()
	it.name = file
	c.known.Items[file] = was
}

func (c *carrier) write(ctx context.Context, it *item) error {
	if err := it.kept.Path.Check(); err != nil {
		return err
	}
	content, err := c.Catalog.Content(ctx, *it.kept)
	if err != nil {
		return err
	}
	target, was := it.kept.Path.String(), ""
	if it.disk != nil {
		target, was = it.disk.File, it.disk.sum
	}
	if err := c.Folder.Write(target, content, was); err != nil {
		return err
	}
	it.disk = &file{catalog.Found{File: target, Path: it.kept.Path}, catalog.Checksum(content)}
	c.remember(it)
	return nil
}

// gone forgets an item that was deleted.
func (c *carrier) gone(it *item, err error) error {
	if err == nil {
		delete(c.known.Items, it.name)
	}
	return err
}

// remember keeps what both sides have in common now.
func (c *carrier) remember(it *item) {
	delete(c.known.Items, it.name)
	it.name = it.disk.File
	c.known.Items[it.name] = synced{
		Kind: it.kept.Path.Kind, ID: it.kept.ID, Path: it.kept.Path.String(), Revision: it.kept.Revision, SHA256: it.disk.sum,
	}
}
