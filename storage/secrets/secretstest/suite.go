// Package secretstest is the suite that every secrets.Store passes.
package secretstest

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/secrets"
)

// Run tests the stores of a kind. open makes a place where nothing was saved yet, and returns two stores of that one place, as two
// processes have them.
func Run(t *testing.T, open func(t *testing.T) (secrets.Store, secrets.Store)) {
	t.Helper()
	for name, test := range map[string]func(t *testing.T, one, other secrets.Store){
		"nothing saved yet is not found":                 testNothing,
		"what one saved the other loads":                 testSaved,
		"an old version changes nothing":                 testOldVersion,
		"of many first saves one wins":                   testFirstSaves,
		"each of many changes is made to the one before": testChanges,
		"a cancelled context ends the waiting":           testCancelled,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, other := open(t)
			test(t, one, other)
		})
	}
}

func testNothing(t *testing.T, one, _ secrets.Store) {
	if blob, version, err := one.Load(t.Context()); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("loaded %q, version %d, %v", blob, version, err)
	}
	if _, err := one.Save(t.Context(), []byte("x"), 1); !errors.Is(err, secrets.ErrChanged) {
		t.Errorf("saved in place of a version that never was: %v", err)
	}
}

// everyByte is a blob as large as those of some hundred keys.
func everyByte() []byte {
	blob := make([]byte, 64<<10)
	for i := range blob {
		blob[i] = byte(i)
	}
	return blob
}

func testSaved(t *testing.T, one, other secrets.Store) {
	first := save(t, one, everyByte(), 0)
	wants(t, other, everyByte(), first)
	second := save(t, other, []byte("changed"), first)
	if second == first {
		t.Errorf("the version stayed %d", first)
	}
	wants(t, one, []byte("changed"), second)
	loaded, _, err := one.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	loaded[0] = 'X' // the caller's own
	wants(t, one, []byte("changed"), second)
}

func testOldVersion(t *testing.T, one, other secrets.Store) {
	first := save(t, one, []byte("first"), 0)
	second := save(t, other, []byte("second"), first)
	for _, old := range []int64{0, first, second + 1} {
		if _, err := one.Save(t.Context(), []byte("third"), old); !errors.Is(err, secrets.ErrChanged) {
			t.Errorf("saved in place of version %d while it was %d: %v", old, second, err)
		}
	}
	wants(t, one, []byte("second"), second)
}

func testFirstSaves(t *testing.T, one, other secrets.Store) {
	errs := make([]error, 8)
	var savers sync.WaitGroup
	for i := range errs {
		savers.Go(func() { _, errs[i] = []secrets.Store{one, other}[i%2].Save(t.Context(), []byte{byte(i)}, 0) })
	}
	savers.Wait()
	winner := -1
	for i, err := range errs {
		switch {
		case err == nil && winner < 0:
			winner = i
		case err == nil:
			t.Errorf("both %d and %d were first", winner, i)
		case !errors.Is(err, secrets.ErrChanged):
			t.Error(err)
		}
	}
	if blob, _, err := one.Load(t.Context()); err != nil || !bytes.Equal(blob, []byte{byte(winner)}) {
		t.Errorf("%d was first, and %v is there, %v", winner, blob, err)
	}
}

func testChanges(t *testing.T, one, other secrets.Store) {
	save(t, one, nil, 0)
	const each = 20
	var changers sync.WaitGroup
	for _, store := range []secrets.Store{one, other} {
		changers.Go(func() {
			for done := 0; done < each; {
				blob, version, err := store.Load(t.Context())
				if err == nil {
					_, err = store.Save(t.Context(), append(blob, 'x'), version)
				}
				switch {
				case err == nil:
					done++
				case !errors.Is(err, secrets.ErrChanged):
					t.Error(err)
					return
				}
			}
		})
	}
	changers.Wait()
	if blob, _, err := one.Load(t.Context()); err != nil || len(blob) != 2*each {
		t.Errorf("of %d changes %d are there, %v", 2*each, len(blob), err)
	}
}

func testCancelled(t *testing.T, one, _ secrets.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := one.Save(ctx, []byte("x"), 0); err == nil {
		t.Error("saved after the end")
	}
	if _, _, err := one.Load(ctx); err == nil || fault.CodeOf(err) == fault.NotFound {
		t.Errorf("loaded after the end: %v", err)
	}
}

func save(t *testing.T, store secrets.Store, blob []byte, old int64) int64 {
	t.Helper()
	version, err := store.Save(t.Context(), blob, old)
	if err != nil || version <= 0 {
		t.Fatalf("version %d, %v", version, err)
	}
	return version
}

func wants(t *testing.T, store secrets.Store, blob []byte, version int64) {
	t.Helper()
	got, gotVersion, err := store.Load(t.Context())
	if err != nil || gotVersion != version || !bytes.Equal(got, blob) {
		t.Errorf("%d bytes of version %d instead of %d of %d, %v", len(got), gotVersion, len(blob), version, err)
	}
}
