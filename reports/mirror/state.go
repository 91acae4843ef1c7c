package mirror

import (
	"encoding/json"
	"errors"
	"io/fs"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// StateFile is what remembers the last sync, in the folder itself.
const StateFile = ".vitrina-sync.json"

const stateFormat = 1

// state is what both sides had in common when they were last the same.
type state struct {
	Format  int               `json:"format"`
	Catalog string            `json:"catalog"` // its identity
	Items   map[string]synced `json:"items"`   // by file

	sum string // of the file it was read from, "" when there was none
}

// synced is an item as it was on both sides.
type synced struct {
	Kind     catalog.Kind `json:"kind"`
	ID       string       `json:"id"`
	Path     string       `json:"path"` // that the catalog's folder and name make
	Revision int          `json:"revision"`
	SHA256   string       `json:"sha256"`
}

func readState(files fs.FS, identity string) (*state, error) {
	s := &state{Format: stateFormat, Catalog: identity, Items: map[string]synced{}}
	data, err := fs.ReadFile(files, StateFile)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, unreadable(err)
	}
	var read state
	if err := json.Unmarshal(data, &read); err != nil || read.Format != stateFormat {
		return nil, fault.New(fault.Invalid, "%s cannot be read by this version: remove it to compare both sides anew, which deletes nothing.", StateFile)
	}
	if read.Catalog != identity {
		return nil, fault.New(fault.Invalid, "This folder was last in sync with another installation of Vitrina. Remove %s to compare both sides anew, which deletes nothing.", StateFile)
	}
	if read.Items != nil {
		s.Items = read.Items
	}
	s.sum = catalog.Checksum(data)
	return s, nil
}

// write keeps the state unless it is kept already.
func (s *state) write(folder Folder) error {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	data = append(data, '\n')
	sum := catalog.Checksum(data)
	if sum == s.sum {
		return nil
	}
	if err := folder.Write(StateFile, data, s.sum); err != nil {
		return err
	}
	s.sum = sum
	return nil
}

func unreadable(err error) error {
	return fault.New(fault.Failed, "The folder cannot be read: %w", err)
}
