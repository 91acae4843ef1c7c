package secrets

import (
	"context"
	"errors"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Rotate makes new keys for what is sealed and signed from now on. What older keys made is opened and verified as before.
func (k *Keyring) Rotate(ctx context.Context) error {
	master := k.key()
	return k.change(ctx, master, func(stored []byte, version int64) (*keys, error) {
		current, err := unwrap(stored, version, master)
		if err != nil {
			return nil, err
		}
		return current.renewed()
	})
}

// ChangeMaster seals the keyring under another master key; the keys themselves and all that they made stay. It is fine when that was
// done before. Processes with the old master key work on until they meet a new key or start again.
func (k *Keyring) ChangeMaster(ctx context.Context, old, changed Master) error {
	return k.change(ctx, changed, func(stored []byte, version int64) (*keys, error) {
		b, err := parseBlob(stored)
		if err == nil && b.Master == changed.Fingerprint() {
			return unwrap(stored, version, changed)
		}
		return unwrap(stored, version, old)
	})
}

// change stores what next makes of the stored keyring, and begins again when another process stored something meanwhile.
func (k *Keyring) change(ctx context.Context, master Master, next func(stored []byte, version int64) (*keys, error)) error {
	done, err := k.alone(ctx)
	if err != nil {
		return err
	}
	defer done()
	for range attempts {
		stored, version, err := k.store.Load(ctx)
		if err != nil {
			return err
		}
		changed, err := next(stored, version)
		if err != nil {
			return err
		}
		err = k.save(ctx, changed, master)
		if err == nil {
			k.set(changed, master)
			return nil
		}
		if !errors.Is(err, ErrChanged) {
			return err
		}
	}
	return fault.New(fault.Unavailable, "The keyring of the secrets is being changed by other processes all the time: try again later.")
}
