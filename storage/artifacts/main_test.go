package artifacts_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

// halfWriter makes this binary a process that writes half of a file to the store of that address, and waits to be killed.
const halfWriter = "VITRINA_TEST_HALF_WRITER"

func TestMain(m *testing.M) {
	if address := os.Getenv(halfWriter); address != "" {
		writeHalf(address)
	}
	os.Exit(m.Run())
}

func writeHalf(address string) {
	store, err := artifacts.Open(context.Background(), address, artifacts.Options{Spool: os.Getenv(halfWriter + "_SPOOL")})
	if err == nil {
		half := io.MultiReader(bytes.NewReader(content(20<<20)), waiting{})
		_, err = store.Put(context.Background(), killedKey, half, -1)
	}
	fmt.Println(err)
	os.Exit(1)
}

const killedKey = "runs/1/1/killed"

// waiting tells the parent that the half before it was read, and never ends.
type waiting struct{}

func (waiting) Read([]byte) (int, error) {
	fmt.Println("half")
	select {}
}

const (
	testKey    = "AKIATESTKEY"
	testSecret = "secret/with+signs@all"
)

// place is where a store keeps things, for tests that open it more than once.
type place struct {
	address string
	spool   string
}

func (p place) open(t *testing.T, now func() time.Time) artifacts.Store {
	t.Helper()
	store, err := artifacts.Open(t.Context(), p.address, artifacts.Options{Spool: p.spool, Now: now, Getenv: login})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func login(name string) string {
	return map[string]string{"AWS_ACCESS_KEY_ID": testKey, "AWS_SECRET_ACCESS_KEY": testSecret}[name]
}

// everyStore runs a test over both stores.
func everyStore(t *testing.T, test func(t *testing.T, at place)) {
	t.Helper()
	t.Parallel()
	t.Run("folder", func(t *testing.T) {
		t.Parallel()
		test(t, place{address: "file://" + t.TempDir() + "/artifacts"})
	})
	t.Run("s3", func(t *testing.T) {
		t.Parallel()
		test(t, bucketPlace(t))
	})
}

func bucketPlace(t *testing.T) place {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("exports"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
	t.Cleanup(server.Close)
	return place{address: bucketAddress(server.URL), spool: t.TempDir()}
}

func bucketAddress(endpoint string) string {
	return "s3://exports/of/vitrina?region=eu-west-1&path_style=true&endpoint=" + endpoint
}

// content is n bytes that repeat nowhere.
func content(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b) // never fails
	return b
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func put(t *testing.T, store artifacts.Store, key, text string) {
	t.Helper()
	if _, err := store.Put(t.Context(), key, strings.NewReader(text), int64(len(text))); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, store artifacts.Store, key string) []byte {
	t.Helper()
	object, err := store.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(object)
	if err != nil {
		t.Fatal(err)
	}
	if err := object.Close(); err != nil {
		t.Error(err)
	}
	return b
}

func keys(t *testing.T, store artifacts.Store, prefix string) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	for entry, err := range store.List(t.Context(), prefix) {
		if err != nil {
			t.Fatal(err)
		}
		if age := time.Since(entry.Modified); age < -time.Minute || age > time.Hour {
			t.Errorf("%s was modified at %s", entry.Key, entry.Modified)
		}
		found[entry.Key] = entry.Bytes
	}
	return found
}
