// Package artifacts keeps the files that runs have written: in a folder, or in S3-compatible storage. A file is there whole or not at
// all, and a key is written once.
package artifacts

import (
	"context"
	"io"
	"iter"
	"os"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// abandoned is the age at which something half-made belongs to nobody any more.
const abandoned = 24 * time.Hour

// Store keeps files under keys such as runs/<uuid>/<attempt>/<n>: segments of letters, digits, ".", "_" and "-", none of which begins
// with a dot. It may be used from many goroutines and processes at once. Errors are sentences with a code and without credentials:
// NotFound for a key that is not there, Invalid for what is no key, Unavailable for storage that does not answer or refuses.
type Store interface {
	// Put keeps all that r yields, to its end, under the key. Until it returns, and after any error, there is nothing under the key. A
	// key that exists is left as it is and ErrExists is in the error's chain. size is the number of bytes r will yield, or -1; any other
	// number of bytes is an error. An error of r is returned as it is.
	Put(ctx context.Context, key string, r io.Reader, size int64) (Info, error)
	// Adopt keeps a finished file under the key, as Put does, and finishes it: afterwards f is neither to be committed nor aborted, and
	// nothing of it is left where it was, whatever the error. A file begun in Dir is moved without being copied where the store is a
	// folder.
	Adopt(ctx context.Context, key string, f *export.File) (Info, error)
	// Dir is the folder in which files meant for Adopt are begun.
	Dir() string
	// Open reads what is under the key; the caller closes it. ctx governs the reading too.
	Open(ctx context.Context, key string) (Object, error)
	// Remove removes the keys; a key that is absent is fine.
	Remove(ctx context.Context, keys ...string) error
	// List are the files whose keys begin with the prefix, in no particular order. It ends at the first error.
	List(ctx context.Context, prefix string) iter.Seq2[Entry, error]
	// Check tells in words why the store cannot be written to.
	Check(ctx context.Context) error
	// Sweep removes what killed processes left half-made a day ago or earlier.
	Sweep(ctx context.Context) error
	Close() error
}

// Object is an open file.
type Object interface {
	io.ReadSeekCloser
	Size() int64
	ModTime() time.Time
}

// Info describes what was written; SHA256 is in hex.
type Info struct {
	Bytes  int64
	SHA256 string
}

// Entry is a file in a list.
type Entry struct {
	Key      string
	Bytes    int64
	Modified time.Time
}

// Options of Open. S3 needs a Spool.
type Options struct {
	Base   string              // the folder that file://./… is relative to; the working folder when empty
	Spool  string              // the local folder where files for S3 are begun; it is made
	Getenv func(string) string // where credentials are looked for; os.Getenv when nil
	Now    func() time.Time    // time.Now when nil
}

func (o Options) orDefaults() Options {
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Open is the store of an address:
//
//	file:///absolute/folder or file://./relative/folder
//	s3://bucket/prefix?endpoint=https://host:9000&region=eu-west-1&path_style=true
//
// Without an endpoint it is Amazon's. Credentials come from the address (s3://KEY:SECRET@bucket) or from AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. Nothing is asked of the storage yet: that is what Check is for.
func Open(ctx context.Context, address string, options Options) (Store, error) {
	if err := ctx.Err(); err != nil {
		return nil, cancelled(err)
	}
	options = options.orDefaults()
	a, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	if a.bucket == "" {
		return openFolder(a.folder, options)
	}
	return openBucket(a, options)
}

func cancelled(err error) error {
	return &fault.Error{Code: fault.Cancelled, Message: "The work on the file was cancelled.", Cause: err}
}
