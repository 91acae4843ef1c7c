package catalog

import (
	"context"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Folders are the folders by path, the root first, with how many reports the actor sees in them. Members get those alone where they
// see something.
func (c *Catalog) Folders(ctx context.Context, actor *people.Actor) ([]Folder, error) {
	return c.store.Folders(ctx, viewerOf(actor), actor.Writes())
}

// CreateFolder makes the folder and those above it.
func (c *Catalog) CreateFolder(ctx context.Context, actor *people.Actor, path string) error {
	if err := writes(actor, "make folders"); err != nil {
		return err
	}
	if err := checkNamed(path); err != nil {
		return err
	}
	return c.store.CreateFolder(ctx, path, actor.Did("folder.created", "folder", path, path, nil))
}

// RenameFolder gives a folder another path and takes along all that is in it, and the grants on it. The actor must be able to edit
// every report in it.
func (c *Catalog) RenameFolder(ctx context.Context, actor *people.Actor, from, to string) error {
	if err := writes(actor, "rename folders"); err != nil {
		return err
	}
	for _, path := range []string{from, to} {
		if err := checkNamed(path); err != nil {
			return err
		}
	}
	if from == to {
		return nil
	}
	if strings.HasPrefix(to, from+"/") {
		return fault.New(fault.Invalid, "The folder %q cannot be moved into itself.", from)
	}
	if err := c.mayTakeAlong(ctx, actor, from); err != nil {
		return err
	}
	return c.store.RenameFolder(ctx, from, to, actor.Did("folder.renamed", "folder", from, from, map[string]any{"from": from, "to": to}))
}

// mayTakeAlong refuses when there is a report in the folder, also a deleted one, that the actor may not move.
func (c *Catalog) mayTakeAlong(ctx context.Context, actor *people.Actor, folder string) error {
	for _, deleted := range []bool{false, true} {
		filter := Filter{Folder: &folder, Below: true, Deleted: deleted}
		inside, err := c.all(ctx, everyone, filter)
		if err != nil {
			return err
		}
		for _, entry := range inside {
			if entry.Provisioned != "" {
				return provisioned("folder", folder, entry.Provisioned)
			}
		}
		own, err := c.all(ctx, viewerOf(actor), filter)
		if err != nil {
			return err
		}
		editable := 0
		for _, entry := range own {
			if entry.Level == people.Edit {
				editable++
			}
		}
		if editable < len(inside) {
			return fault.New(fault.Forbidden, "There are reports in the folder %q that you may not change: ask an administrator to rename it.", folder)
		}
	}
	return nil
}

// DeleteFolder deletes an empty folder. One with grants is an administrator's matter; the grants go with it.
func (c *Catalog) DeleteFolder(ctx context.Context, actor *people.Actor, path string) error {
	if err := writes(actor, "delete folders"); err != nil {
		return err
	}
	if err := checkNamed(path); err != nil {
		return err
	}
	return c.store.DeleteFolder(ctx, path, actor.IsAdministrator(), actor.Did("folder.deleted", "folder", path, path, nil))
}

// checkNamed is CheckFolder for those that are not the root.
func checkNamed(path string) error {
	if path == "" {
		return fault.New(fault.Invalid, "Which folder? The root has no name and stays.")
	}
	return CheckFolder(path)
}
