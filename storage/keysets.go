package storage

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/secrets"
)

// Keysets keeps the keyring, which is encrypted with a master key that is never here.
type Keysets struct{ db *DB }

var _ secrets.Store = (*Keysets)(nil)

// NewKeysets keeps the keyring in the database.
func NewKeysets(db *DB) *Keysets { return &Keysets{db} }

// Load is the keyring as it was saved last.
func (s *Keysets) Load(ctx context.Context) (blob []byte, version int64, err error) {
	err = s.db.pool.QueryRow(ctx, query("load_keyring")).Scan(&blob, &version)
	return blob, version, orNotFound(err, "No keyring was made in this database yet.")
}

// Save puts the keyring in the place of the version old, or of none for 0.
func (s *Keysets) Save(ctx context.Context, blob []byte, old int64) (version int64, err error) {
	if blob == nil {
		blob = []byte{}
	}
	if old == 0 {
		err = s.db.pool.QueryRow(ctx, query("first_keyring"), blob).Scan(&version)
	} else {
		err = s.db.pool.QueryRow(ctx, query("save_keyring"), blob, old).Scan(&version)
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, &fault.Error{Code: fault.Conflict, Message: "The keyring was changed by another process.", Cause: secrets.ErrChanged}
	}
	return version, told(err)
}
