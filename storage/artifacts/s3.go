package artifacts

import (
	"context"
	"io"
	"iter"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// bucket is a store in S3-compatible storage: each key, after the prefix, is the name of an object.
type bucket struct {
	client    *minio.Core
	transport *http.Transport
	name      string
	prefix    string // empty, or with a slash at its end
	endpoint  string
	spool     string
	now       func() time.Time
}

// attempts of a request that the storage did not answer; the library waits up to a second between them.
const attempts = 4

func openBucket(a address, options Options) (*bucket, error) {
	login, err := login(a, options.Getenv)
	if err != nil {
		return nil, err
	}
	transport, err := minio.DefaultTransport(a.secure)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "The system's certificates cannot be read: %w", err)
	}
	client, err := minio.NewCore(a.endpoint, &minio.Options{
		Creds: login, Secure: a.secure, Region: a.region, Transport: transport, BucketLookup: a.lookup(), MaxRetries: attempts,
	})
	if err != nil {
		return nil, fault.New(fault.Invalid, "The endpoint %s in the address of the artifacts' store is not right.", a.endpoint)
	}
	store := &bucket{client: client, transport: transport, name: a.bucket, endpoint: a.endpoint, spool: options.Spool, now: options.Now}
	if a.prefix != "" {
		store.prefix = a.prefix + "/"
	}
	if store.spool == "" {
		return nil, fault.New(fault.Failed, "Files for %s need a folder in which they are made.", a)
	}
	if err := os.MkdirAll(store.spool, 0o700); err != nil {
		return nil, fault.Disk(store.spool, err)
	}
	return store, nil
}

func login(a address, getenv func(string) string) (*credentials.Credentials, error) {
	if a.key != "" {
		return credentials.NewStaticV4(a.key, a.secret, ""), nil
	}
	key, secret := getenv("AWS_ACCESS_KEY_ID"), getenv("AWS_SECRET_ACCESS_KEY")
	if key == "" || secret == "" {
		return nil, fault.New(fault.Invalid, "There are no credentials for %s: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write s3://KEY:SECRET@bucket.", a)
	}
	return credentials.NewStaticV4(key, secret, getenv("AWS_SESSION_TOKEN")), nil
}

func (a address) lookup() minio.BucketLookupType {
	switch {
	case a.pathStyle == nil:
		return minio.BucketLookupAuto
	case *a.pathStyle:
		return minio.BucketLookupPath
	}
	return minio.BucketLookupDNS
}

func (s *bucket) Dir() string { return s.spool }

func (s *bucket) Close() error {
	s.transport.CloseIdleConnections()
	return nil
}

func (s *bucket) String() string {
	return "s3://" + path.Join(s.name, s.prefix) + " at " + s.endpoint
}

func (s *bucket) GoString() string { return s.String() }

// Adopt names the file in its folder for the time of the upload.
func (s *bucket) Adopt(ctx context.Context, key string, f *export.File) (Info, error) {
	defer f.Abort()
	if err := checkKey(key); err != nil {
		return Info{}, err
	}
	want := Info{Bytes: f.Bytes(), SHA256: f.SHA256()}
	if err := f.Commit(wholeName()); err != nil {
		return Info{}, err
	}
	defer func() { _ = f.Remove() }() // the sweep finds what stays
	file, err := os.Open(f.Path())
	if err != nil {
		return Info{}, fault.Disk(filepath.Dir(f.Path()), err)
	}
	defer func() { _ = file.Close() }() // read only
	return s.put(ctx, key, file, want.Bytes, want.SHA256)
}

func (s *bucket) Put(ctx context.Context, key string, r io.Reader, size int64) (Info, error) {
	return s.put(ctx, key, r, size, "")
}

func (s *bucket) Remove(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		if err := checkKey(key); err != nil {
			return err
		}
	}
	objects := func(yield func(minio.ObjectInfo) bool) {
		for _, key := range keys {
			if !yield(minio.ObjectInfo{Key: s.prefix + key}) {
				return
			}
		}
	}
	results, err := s.client.RemoveObjectsWithIter(ctx, s.name, objects, minio.RemoveObjectsOptions{})
	if err != nil {
		return s.fault(ctx, err)
	}
	for result := range results {
		if result.Err != nil && !gone(result.Err) {
			return s.fault(ctx, result.Err)
		}
	}
	if err := ctx.Err(); err != nil {
		return cancelled(err)
	}
	return nil
}

func (s *bucket) List(ctx context.Context, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := checkPrefix(prefix); err != nil {
			yield(Entry{}, err)
			return
		}
		for object := range s.client.ListObjectsIter(ctx, s.name, minio.ListObjectsOptions{Prefix: s.prefix + prefix, Recursive: true}) {
			if object.Err != nil {
				yield(Entry{}, s.fault(ctx, object.Err))
				return
			}
			key := object.Key[min(len(s.prefix), len(object.Key)):]
			if isKey(key) && !yield(Entry{Key: key, Bytes: object.Size, Modified: object.LastModified}, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(Entry{}, cancelled(err))
		}
	}
}

// checked is the name of the object that Check writes and removes. It is no key.
const checked = ".vitrina-check"

func (s *bucket) Check(ctx context.Context) error {
	name := s.prefix + checked
	if err := s.putWhole(ctx, name, []byte("vitrina"), minio.PutObjectOptions{}); err != nil {
		return s.fault(ctx, err)
	}
	if err := s.client.RemoveObject(ctx, s.name, name, minio.RemoveObjectOptions{}); err != nil {
		return s.fault(ctx, err)
	}
	return nil
}

// Sweep ends the uploads in parts that nobody finished, which are paid for and seen in no list of objects.
func (s *bucket) Sweep(ctx context.Context) error {
	before := s.now().Add(-abandoned)
	if err := sweepDir(ctx, s.spool, before); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for upload := range s.client.ListIncompleteUploads(ctx, s.name, s.prefix, true) {
		if upload.Err != nil {
			if gone(upload.Err) {
				continue
			}
			return s.fault(ctx, upload.Err)
		}
		if upload.Initiated.After(before) {
			continue
		}
		if err := s.client.AbortMultipartUpload(ctx, s.name, upload.Key, upload.UploadID); err != nil && !gone(err) {
			return s.fault(ctx, err)
		}
	}
	return nil
}
