package artifacts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

func TestAWrongAddressIsToldWithoutItsSecret(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "artifacts", "ftp://host", "file://", "file:///", "file://host/folder", "file:folder", "file://me:hunter2@/folder",
		"s3://", "s3://B", "s3://KEY:hunter2@", "s3://KEY@bucket", "s3://:hunter2@bucket", "s3://bucket:9000/x", "s3://KEY:hun/ter2@bucket",
		"s3://KEY:1234/hunter2@bucket", "s3://KEY:hunter2@bucket/a b", "s3://KEY:hunter2@bucket/../.x", "s3://KEY:hunter2@bucket?endpoint=host",
		"s3://KEY:hunter2@bucket?endpoint=http://me:hunter2@host", "s3://KEY:hunter2@bucket?endpoint=ftp://host", "s3://KEY:hunter2@bucket?path_style=yes",
		"s3://KEY:hunter2@bucket?secret=hunter2", "s3://KEY:hunter2@bucket?%zz", "s3://KEY:hunter2%zz@bucket", "s3://bucket",
	} {
		_, err := artifacts.Open(t.Context(), address, artifacts.Options{Spool: t.TempDir(), Getenv: func(string) string { return "" }})
		if fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if strings.Contains(err.Error(), "hun") || strings.Contains(err.Error(), "ter2") {
			t.Errorf("%s: %s", address, err)
		}
	}
}

func TestARelativeFolderIsBelowTheBase(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	store, err := artifacts.Open(t.Context(), "file://./kept/files", artifacts.Options{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	put(t, store, "runs/1", "x")
	if got, err := os.ReadFile(filepath.Join(base, "kept", "files", "runs", "1")); !bytes.Equal(got, []byte("x")) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAFolderThatCannotBeWrittenToIsToldInWords(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	store, err := artifacts.Open(t.Context(), "file://./kept", artifacts.Options{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(base, "kept")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(base, "kept"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Check(t.Context()); err == nil || !strings.Contains(err.Error(), filepath.Join(base, "kept")) {
		t.Errorf("%v", err)
	}
	if _, err := artifacts.Open(t.Context(), "file://./kept", artifacts.Options{Base: base}); err == nil || !strings.Contains(err.Error(), "cannot be written to") {
		t.Errorf("%v", err)
	}
}

func TestRemovingTheLastFileRemovesItsFolders(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	store, err := artifacts.Open(t.Context(), "file://"+base, artifacts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, store, "runs/1/1/1", "x")
	put(t, store, "runs/2/1/1", "x")
	if err := store.Remove(t.Context(), "runs/1/1/1"); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Join(base, "runs"))
	if err != nil || len(left) != 1 || left[0].Name() != "2" {
		t.Errorf("%v, %v", left, err)
	}
}
