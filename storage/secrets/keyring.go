package secrets

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Keyring seals secrets and signs links. It may be used from many goroutines; several processes share one through the store, and each
// learns of the others' new keys when it meets something made with them.
type Keyring struct {
	store Store
	now   func() time.Time
	turn  chan struct{} // held by who asks the store

	mu      sync.RWMutex
	master  Master
	current *keys
	looked  time.Time // when a signature last made Verify ask the store
}

// Option of OpenKeyring.
type Option func(*Keyring)

// WithClock replaces time.Now.
func WithClock(now func() time.Time) Option { return func(k *Keyring) { k.now = now } }

// changes that others may make at the same instant before a change is given up.
const attempts = 10

// OpenKeyring reads the keyring of the store, or makes it there. The error says which master key is expected when this is another one.
func OpenKeyring(ctx context.Context, store Store, master Master, options ...Option) (*Keyring, error) {
	k := &Keyring{store: store, now: time.Now, turn: make(chan struct{}, 1), master: master}
	for _, option := range options {
		option(k)
	}
	current, err := k.load(ctx)
	if fault.CodeOf(err) == fault.NotFound {
		current, err = k.begin(ctx)
	}
	if err != nil {
		return nil, err
	}
	k.current = current
	return k, nil
}

// begin makes the first keys, unless another process did.
func (k *Keyring) begin(ctx context.Context) (*keys, error) {
	first, err := (*keys)(nil).renewed()
	if err != nil {
		return nil, err
	}
	err = k.save(ctx, first, k.master)
	if errors.Is(err, ErrChanged) {
		return k.load(ctx)
	}
	return first, err
}

func (k *Keyring) load(ctx context.Context) (*keys, error) {
	stored, version, err := k.store.Load(ctx)
	if err != nil {
		return nil, err
	}
	return unwrap(stored, version, k.key())
}

// save stores the keys in place of those they were made from, and gives them their version.
func (k *Keyring) save(ctx context.Context, next *keys, master Master) error {
	stored, err := next.wrap(master)
	if err != nil {
		return err
	}
	version, err := k.store.Save(ctx, stored, next.version)
	if err == nil {
		next.version = version
	}
	return err
}

func (k *Keyring) key() Master {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.master
}

func (k *Keyring) keys() *keys {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.current
}

func (k *Keyring) set(current *keys, master Master) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.current, k.master = current, master
}

// alone waits until nobody else of this process asks the store.
func (k *Keyring) alone(ctx context.Context) (done func(), err error) {
	select {
	case k.turn <- struct{}{}:
		return func() { <-k.turn }, nil
	case <-ctx.Done():
		return nil, &fault.Error{Code: fault.Cancelled, Message: "The work on a secret was cancelled.", Cause: ctx.Err()}
	}
}

// reload are the keys that came after those seen.
func (k *Keyring) reload(ctx context.Context, seen *keys) (*keys, error) {
	done, err := k.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if current := k.keys(); current != seen {
		return current, nil
	}
	current, err := k.load(ctx)
	if err != nil {
		return nil, err
	}
	k.set(current, k.key())
	return current, nil
}

// Seal encrypts under the newest key. The purpose says what the secret is ("source:warehouse:dsn"); it is not secret, is not stored, and
// Open needs the same one.
func (k *Keyring) Seal(plain []byte, purpose string) ([]byte, error) {
	if purpose == "" {
		return nil, fault.New(fault.Failed, "A secret cannot be sealed without saying what it is.")
	}
	sealed, err := k.keys().aead.Encrypt(plain, []byte(purpose))
	if err != nil {
		return nil, fault.New(fault.Failed, "The secret %s cannot be sealed: %w", purpose, err)
	}
	return sealed, nil
}

// Open decrypts what Seal made, in this process or another. It waits only for the store, when the key is a new one.
func (k *Keyring) Open(ctx context.Context, sealed []byte, purpose string) ([]byte, error) {
	if _, ok := keyID(sealed); !ok {
		return nil, fault.New(fault.Failed, "The secret %s is not a sealed one. Enter it again.", purpose)
	}
	current := k.keys()
	if !knows(current.seal, sealed) {
		var err error
		if current, err = k.reload(ctx, current); err != nil {
			return nil, err
		}
	}
	if !knows(current.seal, sealed) {
		return nil, fault.New(fault.Failed, "The secret %s is sealed with a key that the keyring does not have: the two come from different backups. Enter it again.", purpose)
	}
	plain, err := current.aead.Decrypt(sealed, []byte(purpose))
	if err != nil {
		return nil, fault.New(fault.Failed, "The secret %s cannot be opened: it was changed, or belongs to something else. Enter it again.", purpose)
	}
	return plain, nil
}

// Stale tells that a newer key than the secret's is known here: open it and seal it again.
func (k *Keyring) Stale(sealed []byte) bool {
	id, ok := keyID(sealed)
	handle := k.keys().seal
	return ok && knows(handle, sealed) && id != handle.KeysetInfo().GetPrimaryKeyId()
}

// Sign makes a signature of 37 bytes, which tells its key. The purpose ("link") says what is signed.
func (k *Keyring) Sign(data []byte, purpose string) []byte {
	signature, err := k.keys().mac.ComputeMAC(message(data, purpose))
	if err != nil {
		return nil // an HMAC has no way to fail, and no signature verifies
	}
	return signature
}

// lookEvery is how often signatures of unknown keys, which anybody can write, make Verify ask the store.
const lookEvery = time.Second

// Verify tells whether Sign made the signature, with any key of the keyring, for the same data and purpose.
func (k *Keyring) Verify(ctx context.Context, signature, data []byte, purpose string) bool {
	current := k.keys()
	if !knows(current.sign, signature) {
		if _, ok := keyID(signature); !ok || !k.mayLook() {
			return false
		}
		var err error
		if current, err = k.reload(ctx, current); err != nil {
			return false
		}
	}
	return current.mac.VerifyMAC(signature, message(data, purpose)) == nil
}

func (k *Keyring) mayLook() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if !k.looked.IsZero() && now.Sub(k.looked) < lookEvery {
		return false
	}
	k.looked = now
	return true
}

// message joins purpose and data so that no two pairs give the same bytes.
func message(data []byte, purpose string) []byte {
	joined := binary.BigEndian.AppendUint64(nil, uint64(len(purpose)))
	return append(append(joined, purpose...), data...)
}

// Format answers every verb with the master key's fingerprint.
func (k *Keyring) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "keyring under the master key "+k.key().String())
}
