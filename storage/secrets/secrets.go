// Package secrets seals what people entrust to the service: passwords of sources, tokens of channels. A master key, which is kept
// outside of the database, encrypts the keys of a keyring; those seal the secrets and sign links. Both can be changed at any time.
package secrets

import (
	"context"
	"errors"
)

// Store keeps the one keyring of an installation, sealed under its master key. It may be used by many processes at once.
type Store interface {
	// Load is what was saved last and its version, which is above 0. The code of its error is fault.NotFound when nothing was saved yet.
	Load(ctx context.Context) (blob []byte, version int64, err error)
	// Save replaces what has the version old (0: nothing was saved yet) and returns the new version. When something else has been saved
	// meanwhile, nothing is changed and ErrChanged is in the error's chain.
	Save(ctx context.Context, blob []byte, old int64) (version int64, err error)
}

// ErrChanged is what Save answers when another process was faster.
var ErrChanged = errors.New("the keyring was changed by another process")
