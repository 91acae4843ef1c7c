package secrets_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/secrets"
)

const (
	dsn     = "postgres://reader:hunter2@host/shop"
	purpose = "source:warehouse:dsn"
)

func TestASealedSecretOpensAfterARestart(t *testing.T) {
	t.Parallel()
	store := new(memory)
	sealed := seal(t, keyring(t, store, master(t, 1)), dsn, purpose)
	wantsOpen(t, keyring(t, store, master(t, 1)), sealed, purpose, dsn)
	if bytes.Contains(sealed, []byte("hunter2")) || bytes.Contains(store.blob, []byte("hunter2")) {
		t.Error("the secret is in what is stored")
	}
	k := keyring(t, store, master(t, 1))
	if bytes.Equal(seal(t, k, dsn, purpose), seal(t, k, dsn, purpose)) {
		t.Error("one secret is sealed to the same bytes twice")
	}
	wantsOpen(t, k, seal(t, k, "", purpose), purpose, "")
}

func TestWhatWasTamperedWithDoesNotOpen(t *testing.T) {
	t.Parallel()
	k := keyring(t, new(memory), master(t, 1))
	sealed := seal(t, k, dsn, purpose)
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		wantsClosed(t, k, changed, purpose)
	}
	for n := range sealed {
		wantsClosed(t, k, sealed[:n], purpose)
	}
	wantsClosed(t, k, append(bytes.Clone(sealed), 0), purpose)
	wantsClosed(t, k, sealed, "source:billing:dsn")
	wantsClosed(t, k, sealed, "")
	wantsClosed(t, k, []byte(dsn), purpose)
	if _, err := k.Seal([]byte(dsn), ""); err == nil {
		t.Error("a secret was sealed for nothing")
	}
}

func wantsClosed(t *testing.T, k *secrets.Keyring, sealed []byte, purpose string) {
	t.Helper()
	got, err := k.Open(t.Context(), sealed, purpose)
	if err == nil || got != nil {
		t.Fatalf("opened %d bytes for %q: %q", len(sealed), purpose, got)
	}
	if fault.CodeOf(err) != fault.Failed || !strings.Contains(err.Error(), purpose) || strings.Contains(err.Error(), "hunter2") {
		t.Fatal(err)
	}
}

func TestOldSecretsOpenAfterRotationAndAreKnownToBeOld(t *testing.T) {
	t.Parallel()
	store := new(memory)
	k := keyring(t, store, master(t, 1))
	var made [][]byte
	for i := range 4 {
		made = append(made, seal(t, k, fmt.Sprint("secret ", i), purpose))
		if k.Stale(made[i]) {
			t.Errorf("secret %d is old at once", i)
		}
		rotate(t, k)
	}
	for _, opener := range []*secrets.Keyring{k, keyring(t, store, master(t, 1))} {
		for i, sealed := range made {
			wantsOpen(t, opener, sealed, purpose, fmt.Sprint("secret ", i))
			if !opener.Stale(sealed) {
				t.Errorf("secret %d is not old", i)
			}
		}
	}
	if k.Stale(seal(t, k, "new", purpose)) || k.Stale(nil) || k.Stale([]byte(dsn)) {
		t.Error("what is not sealed with an old key is old")
	}
}

func TestAnotherProcessesNewKeyIsFound(t *testing.T) {
	t.Parallel()
	store := new(memory)
	one, other := keyring(t, store, master(t, 1)), keyring(t, store, master(t, 1))
	for range 3 {
		rotate(t, one)
		sealed, signature := seal(t, one, dsn, purpose), one.Sign([]byte("file"), "link")
		wantsOpen(t, other, sealed, purpose, dsn)
		if !other.Verify(t.Context(), signature, []byte("file"), "link") {
			t.Error("the other's signature is not known")
		}
		before := store.asked()
		wantsOpen(t, other, sealed, purpose, dsn)
		if asked := store.asked() - before; asked > 0 {
			t.Errorf("the store was asked %d times for a known key", asked)
		}
		if other.Stale(sealed) {
			t.Error("the newest key is old")
		}
	}
}

func TestASecretOfAnotherKeyringIsToldInWords(t *testing.T) {
	t.Parallel()
	sealed := seal(t, keyring(t, new(memory), master(t, 1)), dsn, purpose)
	_, err := keyring(t, new(memory), master(t, 1)).Open(t.Context(), sealed, purpose)
	if err == nil || !strings.Contains(err.Error(), "does not have") {
		t.Errorf("%v", err)
	}
}

func TestProcessesThatStartAtOnceShareOneKeyring(t *testing.T) {
	t.Parallel()
	store := new(memory)
	keyrings := make([]*secrets.Keyring, 8)
	var starts sync.WaitGroup
	for i := range keyrings {
		starts.Go(func() {
			k, err := secrets.OpenKeyring(t.Context(), store, master(t, 1))
			if err != nil {
				t.Error(err)
			}
			keyrings[i] = k
		})
	}
	starts.Wait()
	for _, one := range keyrings {
		for _, other := range keyrings {
			wantsOpen(t, other, seal(t, one, dsn, purpose), purpose, dsn)
		}
	}
}

func TestTheSlowerOfTwoFirstStartsTakesTheOthersKeys(t *testing.T) {
	t.Parallel()
	store := new(memory)
	var faster *secrets.Keyring
	store.before = func() { faster = keyring(t, store, master(t, 1)) }
	slower := keyring(t, store, master(t, 1))
	wantsOpen(t, slower, seal(t, faster, dsn, purpose), purpose, dsn)
	wantsOpen(t, faster, seal(t, slower, dsn, purpose), purpose, dsn)
}

func TestNoKeyIsLostWhenTwoRotateAtOnce(t *testing.T) {
	t.Parallel()
	store := new(memory)
	one, other := keyring(t, store, master(t, 1)), keyring(t, store, master(t, 1))
	var made []byte
	store.before = func() {
		rotate(t, other)
		made = seal(t, other, dsn, purpose)
	}
	rotate(t, one)
	wantsOpen(t, keyring(t, store, master(t, 1)), made, purpose, dsn)
	wantsOpen(t, other, seal(t, one, dsn, purpose), purpose, dsn)
}

func TestSignaturesHoldAcrossRotationAndForTheirDataAlone(t *testing.T) {
	t.Parallel()
	store := new(memory)
	k := keyring(t, store, master(t, 1))
	signature := k.Sign([]byte("runs/1"), "link")
	rotate(t, k)
	again := keyring(t, store, master(t, 1))
	if !k.Verify(t.Context(), signature, []byte("runs/1"), "link") || !again.Verify(t.Context(), signature, []byte("runs/1"), "link") {
		t.Error("a signature does not hold after a rotation")
	}
	if bytes.Equal(k.Sign([]byte("runs/1"), "link"), signature) {
		t.Error("the new key does not sign")
	}
	for i := range signature {
		changed := bytes.Clone(signature)
		changed[i] ^= 1
		if k.Verify(t.Context(), changed, []byte("runs/1"), "link") || k.Verify(t.Context(), signature[:i], []byte("runs/1"), "link") {
			t.Errorf("a signature changed or cut at byte %d holds", i)
		}
	}
	for data, purpose := range map[string]string{"runs/2": "link", "runs/1": "reset", "kruns/1": "lin", "": "linkruns/1"} {
		if k.Verify(t.Context(), signature, []byte(data), purpose) {
			t.Errorf("the signature holds for %q of %q", data, purpose)
		}
	}
	if k.Verify(t.Context(), nil, []byte("runs/1"), "link") {
		t.Error("no signature holds")
	}
}

func TestForgedSignaturesDoNotFloodTheStore(t *testing.T) {
	t.Parallel()
	store := new(memory)
	now := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	k := keyring(t, store, master(t, 1), secrets.WithClock(func() time.Time { return now }))
	forged := append([]byte{1, 9, 9, 9, 9}, make([]byte, 32)...)
	before := store.asked()
	for range 100 {
		if k.Verify(t.Context(), forged, nil, "link") {
			t.Fatal("a forged signature holds")
		}
	}
	if asked := store.asked() - before; asked > 1 {
		t.Errorf("the store was asked %d times", asked)
	}
	other := keyring(t, store, master(t, 1))
	rotate(t, other)
	now = now.Add(time.Second)
	if !k.Verify(t.Context(), other.Sign(nil, "link"), nil, "link") {
		t.Error("a second later the other's signature is not known")
	}
}

func TestAKeyringWaitsForTheStoreNoLongerThanItsCaller(t *testing.T) {
	t.Parallel()
	store := new(memory)
	k := keyring(t, store, master(t, 1))
	sealed := seal(t, keyring(t, new(memory), master(t, 1)), dsn, purpose)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := k.Open(ctx, sealed, purpose); !errors.Is(err, context.Canceled) {
		t.Errorf("opening after the end: %v", err)
	}
	if err := k.Rotate(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("rotating after the end: %v", err)
	}
}
