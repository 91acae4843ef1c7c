package jobs

import (
	"context"
	"io"
	"io/fs"
	"iter"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// Rights tell what people may do now.
type Rights interface {
	// Level is None where there is no such report, or no such person who can sign in.
	Level(ctx context.Context, personID, reportID string) (people.Level, error)
	// Actor is the person as they would act now, with groups and value limits. NotFound once they were removed or disabled.
	Actor(ctx context.Context, personID string) (*people.Actor, error)
}

// Reports finds kept reports.
type Reports interface {
	// Report is a revision of the report, the current one for 0. NotFound when there is no such report or revision, or it was deleted.
	Report(ctx context.Context, reportID string, revision int) (Kept, error)
}

// Kept is a kept report, ready to run.
type Kept struct {
	Compiled *reports.Compiled
	ID       string
	Slug     string
	Folder   string
	Revision int
	Files    fs.FS // the workbooks of its folder
	// Shared changes with whatever else decides the result: the snippets and workbooks that it uses.
	Shared string
}

// Artifacts keep files under keys such as runs/<uuid>/<attempt>/<n>. Errors are sentences; NotFound for a key that is not there.
type Artifacts interface {
	// Dir is the folder in which files meant for Adopt are begun.
	Dir() string
	// Adopt keeps a finished file under the key and finishes it: nothing of it is left where it was, whatever the error.
	Adopt(ctx context.Context, key string, file *export.File) error
	// Put keeps all that r yields under the key, or nothing after an error.
	Put(ctx context.Context, key string, r io.Reader) error
	// Open reads what is under the key; the caller closes it.
	Open(ctx context.Context, key string) (Object, error)
	// Remove removes the keys; one that is absent is fine.
	Remove(ctx context.Context, keys ...string) error
	// List are the files whose keys begin with the prefix. It ends at the first error.
	List(ctx context.Context, prefix string) iter.Seq2[Stored, error]
	// Sweep removes what killed processes left half-written.
	Sweep(ctx context.Context) error
}

// Object is an open file.
type Object interface {
	io.ReadSeekCloser
	Size() int64
	ModTime() time.Time
}

// Stored is a file in a list.
type Stored struct {
	Key      string
	Modified time.Time
}

// Signer proves that what comes back is what was given out. The purpose keeps signatures of one use from being taken for another.
type Signer interface {
	Sign(data []byte, purpose string) []byte
	// Verify tells whether Sign made the signature, of the same data for the same purpose.
	Verify(ctx context.Context, signature, data []byte, purpose string) bool
}
