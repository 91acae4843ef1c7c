package runner_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// shelf is an output as a store of artifacts is: files lie under numbers, in folders of their own or as bytes elsewhere.
type shelf struct {
	dir       string
	copies    bool // the bytes are read, as for a store over the network
	failAt    int  // which file cannot be published, from 1
	published int
	withdrawn []string
	kept      map[string][]byte
}

func (s *shelf) Dir() string { return filepath.Join(s.dir, "half-made") }

func (s *shelf) Publish(_ context.Context, artifact runner.Artifact, file *export.File) (runner.Artifact, error) {
	if s.published++; s.published == s.failAt {
		return artifact, fault.New(fault.Unavailable, "the store is away")
	}
	artifact.Path = filepath.Join(s.dir, "runs", fmt.Sprint(s.published))
	if !s.copies {
		return artifact, file.CommitTo(artifact.Path)
	}
	data, err := io.ReadAll(io.NewSectionReader(file, 0, file.Bytes()))
	return artifact, errors.Join(err, os.MkdirAll(filepath.Dir(artifact.Path), 0o700), os.WriteFile(artifact.Path, data, 0o600))
}

func (s *shelf) Withdraw(ctx context.Context, artifact runner.Artifact) error {
	s.withdrawn = append(s.withdrawn, artifact.Name)
	return errors.Join(ctx.Err(), os.Remove(artifact.Path))
}

func (s *shelf) Keep(_ context.Context, cell string, rows io.Reader) (string, error) {
	data, err := io.ReadAll(rows)
	if s.kept == nil {
		s.kept = map[string][]byte{}
	}
	s.kept[cell] = data
	return "kept/" + cell, err
}

// left are the files below a folder.
func left(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// Names are for people and paths for the store; two exports of one name can still be told apart.
func TestFilesInAStore(t *testing.T) {
	t.Parallel()
	for name, copies := range map[string]bool{"linked": false, "copied": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &shelf{dir: t.TempDir(), copies: copies}
			report := compile(t, "exports: [{cells: [a], format: csv, filename: same}, {cells: [b], format: csv, filename: Same}, {cells: [a, b], format: xlsx}]",
				cell("a", "SELECT 1 AS one")+cell("b", "SELECT 2 AS two"))
			done, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Out: store})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for i, artifact := range done.Artifacts {
				names = append(names, artifact.Name)
				data, err := os.ReadFile(artifact.Path)
				sum := sha256.Sum256(data)
				if err != nil || artifact.SHA256 != hex.EncodeToString(sum[:]) || artifact.Bytes != int64(len(data)) || filepath.Base(artifact.Path) != fmt.Sprint(i+1) {
					t.Errorf("%+v: %v", artifact, err)
				}
			}
			if want := []string{"same.csv", "Same (2).csv", "Test.xlsx"}; !slices.Equal(names, want) {
				t.Errorf("%q", names)
			}
			if files := left(t, store.dir); len(files) != 3 {
				t.Errorf("%q", files)
			}
		})
	}
}

// When one file cannot be published, none is.
func TestAFailedFileTakesTheOthersBack(t *testing.T) {
	t.Parallel()
	store := &shelf{dir: t.TempDir(), failAt: 3}
	report := compile(t, "exports: [{cells: [a], format: csv}, {cells: [a], format: json}, {cells: [a], format: parquet}]", cell("a", "SELECT 1 AS one"))
	done, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Out: store})
	if fault.CodeOf(err) != fault.Unavailable || done.Status != runner.Failed || len(done.Artifacts) != 0 {
		t.Errorf("%v, %+v", err, done)
	}
	if !slices.Equal(store.withdrawn, []string{"Test a.csv", "Test a.json"}) {
		t.Errorf("%q", store.withdrawn)
	}
	if files := left(t, store.dir); len(files) != 0 {
		t.Errorf("%q", files)
	}
}

func TestARunWithoutAnOutputSaysSo(t *testing.T) {
	t.Parallel()
	all := newSources(t)
	done, err := newRunner(t, all).Run(t.Context(), runner.Request{Report: compile(t, "", cell("a", "SELECT 1 AS one"))})
	if err == nil || done == nil || done.Status != runner.Failed || len(all.asked) > 0 {
		t.Errorf("%v, %+v", err, done)
	}
}
