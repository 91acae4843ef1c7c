package mirror

import (
	"fmt"
)

// action is one change of one side.
type action string

const (
	createKept action = "catalog: create"
	saveKept   action = "catalog: save"
	moveKept   action = "catalog: move"
	deleteKept action = "catalog: delete"
	writeFile  action = "folder: write"
	renameFile action = "folder: rename"
	removeFile action = "folder: remove"
	remember   action = "remember" // both sides are the same already
	forget     action = "forget"   // both sides have deleted it
	contradict action = "conflict"
)

// step is a change to make. Several of one item come in their order.
type step struct {
	act      action
	preserve bool   // keep a copy of the file first
	reason   string // of a conflict
}

// choice says who wins a conflict.
type choice int

const (
	undecided choice = iota
	ours
	theirs
)

// decide says what is to become of an item. It depends on nothing else.
func (p *plan) decide(it *item) []step {
	if it.was == nil {
		return p.decideNew(it)
	}
	alive := it.kept != nil && !it.kept.Deleted
	switch {
	case it.disk == nil && !alive:
		return []step{{act: forget}}
	case it.disk == nil:
		return p.decideGoneFile(it)
	case !alive:
		return p.decideGoneKept(it)
	case it.kept.Revision < it.was.Revision && it.disk.sum != it.kept.SHA256:
		reason := fmt.Sprintf("the catalog has version %d, older than version %d of the last sync, as after restoring a backup", it.kept.Revision, it.was.Revision)
		return p.contradiction(it, reason, []step{{act: saveKept}}, []step{{act: writeFile, preserve: true}})
	}
	return p.decideBoth(it)
}

func (p *plan) decideNew(it *item) []step {
	switch {
	case it.kept == nil:
		return []step{{act: createKept}}
	case it.disk == nil:
		return []step{{act: writeFile}}
	case it.kept.Deleted:
		return []step{{act: saveKept}}
	case it.disk.sum == it.kept.SHA256 && it.disk.Path == it.kept.Path:
		return []step{{act: remember}}
	case it.disk.sum == it.kept.SHA256:
		return []step{{act: renameFile}, {act: remember}}
	}
	reason := fmt.Sprintf("new in the folder, and another in the catalog at %s (%s)", it.kept.Path, revisionOf(it.kept))
	mine, their := []step{{act: saveKept}}, []step{{act: writeFile, preserve: true}}
	if it.disk.Path != it.kept.Path {
		mine, their = append(mine, step{act: moveKept}), append(their, step{act: renameFile})
	}
	return p.contradiction(it, reason, mine, their)
}

func (p *plan) decideGoneFile(it *item) []step {
	if it.kept.SHA256 == it.was.SHA256 && it.kept.Revision >= it.was.Revision {
		return []step{{act: deleteKept}}
	}
	reason := fmt.Sprintf("deleted in the folder, changed in the catalog (%s)", revisionOf(it.kept))
	return p.contradiction(it, reason, []step{{act: deleteKept}}, []step{{act: writeFile}})
}

func (p *plan) decideGoneKept(it *item) []step {
	changed := it.disk.sum != it.was.SHA256
	switch {
	case it.kept == nil:
		reason := "the catalog does not know it any more, though nobody deleted it there, as after restoring a backup"
		return p.contradiction(it, reason, []step{{act: createKept}}, []step{{act: removeFile, preserve: true}})
	case !changed && it.disk.File == it.name:
		return []step{{act: removeFile}}
	}
	reason := "changed in the folder, deleted in the catalog"
	return p.contradiction(it, reason, []step{{act: saveKept}}, []step{{act: removeFile, preserve: true}})
}

// decideBoth is about an item that both sides have: first where it is, then what is in it.
func (p *plan) decideBoth(it *item) []step {
	diskMoved := it.disk.File != it.name && it.disk.Path != it.kept.Path
	keptMoved := it.kept.Path.String() != it.was.Path && it.disk.File != it.kept.Path.String()
	if diskMoved && keptMoved {
		reason := fmt.Sprintf("moved in the folder to %s, and in the catalog to %s", it.disk.File, it.kept.Path)
		return p.contradiction(it, reason, p.content(it, []step{{act: moveKept}}, ours), p.content(it, []step{{act: renameFile}}, theirs))
	}
	var steps []step
	switch {
	case diskMoved:
		steps = []step{{act: moveKept}}
	case keptMoved:
		steps = []step{{act: renameFile}}
	}
	return p.content(it, steps, undecided)
}

func (p *plan) content(it *item, steps []step, winner choice) []step {
	diskChanged, keptChanged := it.disk.sum != it.was.SHA256, it.kept.SHA256 != it.was.SHA256
	mine, their := append(steps[:len(steps):len(steps)], step{act: saveKept}), append(steps[:len(steps):len(steps)], step{act: writeFile, preserve: diskChanged})
	switch {
	case it.disk.sum == it.kept.SHA256:
		return append(steps, step{act: remember})
	case !keptChanged, diskChanged && winner == ours:
		return mine
	case !diskChanged, winner == theirs:
		return their
	}
	reason := fmt.Sprintf("changed in the folder and in the catalog (%s)", revisionOf(it.kept))
	return p.contradiction(it, reason, mine, their)
}

// contradiction is a conflict, or what its choice makes of it.
func (p *plan) contradiction(it *item, reason string, mine, their []step) []step {
	name := it.file()
	p.conflict[name] = true
	switch p.choices[name] {
	case ours:
		return mine
	case theirs:
		return their
	}
	return []step{{act: contradict, reason: fmt.Sprintf(
		"%s: %s. Nothing was changed: sync again with --ours %s to keep what the folder has, or with --theirs %s to take what the catalog has.",
		name, reason, name, name)}}
}

func revisionOf(k *Kept) string {
	if k.Author == "" {
		return fmt.Sprintf("version %d", k.Revision)
	}
	return fmt.Sprintf("version %d by %s", k.Revision, k.Author)
}
