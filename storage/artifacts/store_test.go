package artifacts_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

const part = 16 << 20 // of an upload to S3

func TestWhatIsPutComesBackWithItsSizeAndChecksum(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		for i, n := range []int{0, 1, 70_000, part - 1, part, part + 1, 2*part + 3} {
			for _, size := range []int64{int64(n), -1} {
				want := content(n)
				key := fmt.Sprintf("runs/%d/%d", i, size)
				info, err := store.Put(t.Context(), key, bytes.NewReader(want), size)
				if err != nil {
					t.Fatal(err)
				}
				if wantInfo := (artifacts.Info{Bytes: int64(n), SHA256: digest(want)}); info != wantInfo {
					t.Errorf("%d bytes: %+v instead of %+v", n, info, wantInfo)
				}
				if !bytes.Equal(read(t, store, key), want) {
					t.Errorf("%d bytes came back as others", n)
				}
			}
		}
	})
}

// probe calls a function before each read.
type probe struct {
	r    io.Reader
	look func()
}

func (p probe) Read(b []byte) (int, error) {
	p.look()
	return p.r.Read(b)
}

func TestAnotherReaderSeesNothingUntilTheFileIsWhole(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		writer, other := at.open(t, nil), at.open(t, nil)
		looks := 0
		look := func() {
			if looks++; looks > 20 {
				return
			}
			if _, err := other.Open(t.Context(), "runs/1/1/1"); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("opening a file that is being written: %v", err)
			}
			if found := keys(t, other, ""); len(found) > 0 {
				t.Errorf("there is %v while it is being written", found)
			}
		}
		// Reads of a few MB reach into the second part of an upload.
		source := probe{io.MultiReader(bytes.NewReader(content(part)), bytes.NewReader(content(part))), look}
		if _, err := writer.Put(t.Context(), "runs/1/1/1", source, 2*part); err != nil {
			t.Fatal(err)
		}
		if looks < 2 {
			t.Errorf("looked %d times", looks)
		}
		if diff := cmp.Diff(map[string]int64{"runs/1/1/1": 2 * part}, keys(t, other, "")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestABrokenSourceLeavesNothing(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		broken := errors.New("the query ended")
		for _, n := range []int{100, part + 100} {
			for _, cause := range []error{broken, io.ErrUnexpectedEOF} {
				source := io.MultiReader(bytes.NewReader(content(n)), iotest.ErrReader(cause))
				if _, err := store.Put(t.Context(), "runs/1/1/1", source, -1); !errors.Is(err, cause) {
					t.Errorf("%d bytes and %v: %v", n, cause, err)
				}
			}
			for _, size := range []int64{int64(n) - 1, int64(n) + 1} {
				_, err := store.Put(t.Context(), "runs/1/1/1", bytes.NewReader(content(n)), size)
				if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%d bytes", size)) {
					t.Errorf("%d bytes instead of %d: %v", n, size, err)
				}
			}
		}
		if found := keys(t, store, ""); len(found) > 0 {
			t.Errorf("there is %v", found)
		}
	})
}

func TestACancelledPutLeavesNothing(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		source := io.MultiReader(bytes.NewReader(content(part+100)), probe{bytes.NewReader(content(100)), cancel})
		if _, err := store.Put(ctx, "runs/1/1/1", source, -1); fault.CodeOf(err) != fault.Cancelled || !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled Put: %v", err)
		}
		if found := keys(t, store, ""); len(found) > 0 {
			t.Errorf("there is %v", found)
		}
		for name, err := range map[string]error{
			"Open": second(store.Open(ctx, "runs/1/1/1")), "Remove": store.Remove(ctx, "runs/1/1/1"), "Check": store.Check(ctx),
		} {
			if fault.CodeOf(err) != fault.Cancelled {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestAKeyIsWrittenOnce(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		put(t, store, "runs/1/1/1", "first")
		for _, n := range []int{10, part + 1} {
			if _, err := store.Put(t.Context(), "runs/1/1/1", bytes.NewReader(content(n)), -1); !errors.Is(err, artifacts.ErrExists) {
				t.Errorf("the second time: %v", err)
			}
		}
		if got := read(t, store, "runs/1/1/1"); string(got) != "first" {
			t.Errorf("the key has %q now", got)
		}
	})
}

func TestOfManyWritersOfOneKeyOneWins(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		stores := []artifacts.Store{at.open(t, nil), at.open(t, nil)}
		errs := make([]error, 10)
		var writers sync.WaitGroup
		for i := range errs {
			writers.Go(func() {
				_, errs[i] = stores[i%2].Put(t.Context(), "runs/1/1/1", strings.NewReader(fmt.Sprint("writer ", i)), -1)
			})
		}
		writers.Wait()
		won := -1
		for i, err := range errs {
			switch {
			case err == nil && won < 0:
				won = i
			case err == nil:
				t.Errorf("both %d and %d won", won, i)
			case !errors.Is(err, artifacts.ErrExists):
				t.Error(err)
			}
		}
		if got := string(read(t, stores[0], "runs/1/1/1")); got != fmt.Sprint("writer ", won) {
			t.Errorf("%d won, and the key has %q", won, got)
		}
	})
}

func TestAnObjectIsReadAndSoughtLikeAFile(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		want := content(3000)
		put(t, store, "a", string(want))
		object, err := store.Open(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		if object.Size() != 3000 || object.ModTime().IsZero() {
			t.Errorf("%d bytes of %s", object.Size(), object.ModTime())
		}
		if err := iotest.TestReader(object, want); err != nil {
			t.Error(err)
		}
		if err := object.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestDownloadsHaveRanges(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		put(t, store, "a", "0123456789")
		serve := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			object, err := store.Open(r.Context(), "a")
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = object.Close() }()
			http.ServeContent(w, r, "a.csv", object.ModTime(), object)
		})
		for ranges, want := range map[string]string{"": "0123456789", "bytes=2-4": "234", "bytes=7-": "789", "bytes=-2": "89"} {
			request := httptest.NewRequest(http.MethodGet, "/", nil)
			request.Header.Set("Range", ranges)
			answer := httptest.NewRecorder()
			serve(answer, request)
			if answer.Body.String() != want {
				t.Errorf("%q: %d, %q", ranges, answer.Code, answer.Body)
			}
		}
	})
}

func TestRemovedFilesAreGoneAndAbsentOnesAreFine(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		for _, key := range []string{"runs/1/1/1", "runs/1/1/2", "runs/2/1/1"} {
			put(t, store, key, "x")
		}
		if err := store.Remove(t.Context(), "runs/1/1/1", "runs/9/9/9", "runs/1/1/1/under", "runs", "runs/1/1/2"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]int64{"runs/2/1/1": 1}, keys(t, store, "")); diff != "" {
			t.Error(diff)
		}
		if _, err := store.Open(t.Context(), "runs/1/1/1"); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("a removed file: %v", err)
		}
		if err := store.Remove(t.Context()); err != nil {
			t.Error(err)
		}
		put(t, store, "runs/1/1/1", "again")
	})
}

func TestAListHasTheKeysOfThePrefix(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		if found := keys(t, store, "runs/"); len(found) > 0 {
			t.Errorf("an empty store has %v", found)
		}
		for _, key := range []string{"runs/1/1", "runs/1/2", "runs/10/1", "runs/1-a", "other"} {
			put(t, store, key, key)
		}
		for prefix, want := range map[string]map[string]int64{
			"":         {"runs/1/1": 8, "runs/1/2": 8, "runs/10/1": 9, "runs/1-a": 8, "other": 5},
			"runs/1":   {"runs/1/1": 8, "runs/1/2": 8, "runs/10/1": 9, "runs/1-a": 8},
			"runs/1/":  {"runs/1/1": 8, "runs/1/2": 8},
			"runs/1/2": {"runs/1/2": 8},
			"none":     {},
			"other/":   {},
		} {
			if diff := cmp.Diff(want, keys(t, store, prefix)); diff != "" {
				t.Errorf("%q: %s", prefix, diff)
			}
		}
		for range store.List(t.Context(), "") {
			break // a list may be left
		}
	})
}

func TestWhatIsNoKeyIsRefused(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		for _, key := range []string{
			"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../../b", "a/./b", ".incoming", "a/.b", "a b", "a\\b", "a\x00", "файл", strings.Repeat("a", 300),
		} {
			for name, err := range map[string]error{
				"Put": second(store.Put(t.Context(), key, strings.NewReader("x"), 1)), "Open": second(store.Open(t.Context(), key)),
				"Remove": store.Remove(t.Context(), key), "Adopt": second(store.Adopt(t.Context(), key, begin(t, store.Dir(), "x"))),
			} {
				if fault.CodeOf(err) != fault.Invalid {
					t.Errorf("%s of %q: %v", name, key, err)
				}
			}
		}
		for _, prefix := range []string{"/", "..", "a/../", ".incoming/"} {
			for _, err := range store.List(t.Context(), prefix) {
				if fault.CodeOf(err) != fault.Invalid {
					t.Errorf("a list of %q: %v", prefix, err)
				}
			}
		}
	})
}

func TestAStoreThatCanBeWrittenToPassesTheCheck(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		for range 2 {
			if err := store.Check(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if found := keys(t, store, ""); len(found) > 0 {
			t.Errorf("the check left %v", found)
		}
	})
}
