package storage

import (
	"context"
	"io"
	"iter"

	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

// RunArtifacts is the store as runs use it.
func RunArtifacts(store artifacts.Store) jobs.Artifacts { return runArtifacts{store} }

type runArtifacts struct{ artifacts.Store }

func (a runArtifacts) Adopt(ctx context.Context, key string, file *export.File) error {
	_, err := a.Store.Adopt(ctx, key, file)
	return err
}

func (a runArtifacts) Put(ctx context.Context, key string, r io.Reader) error {
	_, err := a.Store.Put(ctx, key, r, -1)
	return err
}

func (a runArtifacts) Open(ctx context.Context, key string) (jobs.Object, error) {
	return a.Store.Open(ctx, key)
}

func (a runArtifacts) List(ctx context.Context, prefix string) iter.Seq2[jobs.Stored, error] {
	return func(yield func(jobs.Stored, error) bool) {
		for entry, err := range a.Store.List(ctx, prefix) {
			if !yield(jobs.Stored{Key: entry.Key, Modified: entry.Modified}, err) {
				return
			}
		}
	}
}
