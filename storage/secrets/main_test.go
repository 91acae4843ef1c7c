package secrets_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"sync"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/secrets"
	"github.com/vitrina-reports/vitrina/storage/secrets/secretstest"
)

// memory is a store in memory.
type memory struct {
	mu      sync.Mutex
	blob    []byte
	version int64
	loads   int
	before  func() // called before a Save, once
}

func (m *memory) Load(ctx context.Context) ([]byte, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads++
	if ctx.Err() != nil {
		return nil, 0, ctx.Err()
	}
	if m.version == 0 {
		return nil, 0, fault.New(fault.NotFound, "Nothing was saved yet.")
	}
	return bytes.Clone(m.blob), m.version, nil
}

func (m *memory) Save(ctx context.Context, blob []byte, old int64) (int64, error) {
	m.mu.Lock()
	before := m.before
	m.before = nil
	m.mu.Unlock()
	if before != nil {
		before()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if old != m.version {
		return 0, secrets.ErrChanged
	}
	m.blob = bytes.Clone(blob)
	m.version++
	return m.version, nil
}

func (m *memory) asked() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.loads
}

func TestTheStoreInMemoryIsAStore(t *testing.T) {
	t.Parallel()
	secretstest.Run(t, func(*testing.T) (secrets.Store, secrets.Store) {
		store := new(memory)
		return store, store
	})
}

// masterText is a master key of 32 times the same byte.
func masterText(b byte) string {
	return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{b}, 32))
}

func master(t *testing.T, b byte) secrets.Master {
	t.Helper()
	m, err := secrets.MasterFromConfig(masterText(b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func keyring(t *testing.T, store secrets.Store, m secrets.Master, options ...secrets.Option) *secrets.Keyring {
	t.Helper()
	k, err := secrets.OpenKeyring(t.Context(), store, m, options...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func seal(t *testing.T, k *secrets.Keyring, plain, purpose string) []byte {
	t.Helper()
	sealed, err := k.Seal([]byte(plain), purpose)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func wantsOpen(t *testing.T, k *secrets.Keyring, sealed []byte, purpose, plain string) {
	t.Helper()
	if got, err := k.Open(t.Context(), sealed, purpose); err != nil || string(got) != plain {
		t.Errorf("opened %q instead of %q, %v", got, plain, err)
	}
}

func rotate(t *testing.T, k *secrets.Keyring) {
	t.Helper()
	if err := k.Rotate(t.Context()); err != nil {
		t.Fatal(err)
	}
}
