package artifacts

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	partBytes = 16 << 20
	maxParts  = 10_000 // S3's
	// owner is metadata with a word that only this upload knows: when an answer was lost and the request repeated, it tells that the
	// object that is there already is our own.
	owner = "Vitrina-Upload"
)

// upload is one Put.
type upload struct {
	store  *bucket
	key    string
	name   string // of the object
	word   string
	source io.Reader
	size   int64  // -1 when unknown
	want   string // the SHA-256 that the whole must have, when that is known
	hash   hash.Hash
	read   int64
	part   []byte
}

func (s *bucket) put(ctx context.Context, key string, r io.Reader, size int64, want string) (Info, error) {
	if err := s.free(ctx, key); err != nil {
		return Info{}, err
	}
	u := &upload{
		store: s, key: key, name: s.prefix + key, word: rand.Text(), source: reader{ctx, r}, size: size, want: want,
		hash: sha256.New(), part: make([]byte, partSize(size)),
	}
	last, n, err := u.next()
	if err != nil {
		return Info{}, err
	}
	if last {
		err = u.whole(ctx, n)
	} else {
		err = u.parts(ctx, n)
	}
	if err != nil {
		return Info{}, err
	}
	return u.info(), nil
}

// free refuses a key that is taken before the work; the condition of the upload refuses it after.
func (s *bucket) free(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	_, err := s.client.StatObject(ctx, s.name, s.prefix+key, minio.StatObjectOptions{})
	switch {
	case err == nil:
		return exists(key)
	case minio.ToErrorResponse(err).Code == minio.NoSuchKey:
		return nil
	}
	return s.fault(ctx, err)
}

// partSize is that of the buffer: one byte more than a small file, so that its end is seen in the first part.
func partSize(size int64) int64 {
	if size >= 0 && size < partBytes {
		return size + 1
	}
	return max(partBytes, size/maxParts+1)
}

func (u *upload) info() Info { return Info{Bytes: u.read, SHA256: hex.EncodeToString(u.hash.Sum(nil))} }

// next reads a part. After the last one, all that was promised of the file has been checked.
func (u *upload) next() (last bool, n int, err error) {
	for n < len(u.part) && err == nil {
		var more int
		more, err = u.source.Read(u.part[n:])
		n += more
	}
	u.read += int64(n)
	_, _ = u.hash.Write(u.part[:n])
	switch {
	case err != nil && err != io.EOF: // a wrapped end would be somebody else's
		return true, 0, err
	case err == nil && (u.size < 0 || u.read <= u.size):
		return false, n, nil
	}
	return true, n, u.checkWhole()
}

func (u *upload) checkWhole() error {
	if err := checkSize(u.read, u.size); err != nil {
		return err
	}
	if u.want != "" && u.want != u.info().SHA256 {
		return fault.New(fault.Failed, "The file changed on the disk while it was kept as %s.", u.key)
	}
	return nil
}

// options make the upload fail when the key is taken.
func (u *upload) options() minio.PutObjectOptions {
	options := minio.PutObjectOptions{UserMetadata: map[string]string{owner: u.word}}
	options.SetMatchETagExcept("*")
	return options
}

// whole uploads a file of one part.
func (u *upload) whole(ctx context.Context, n int) error {
	return u.outcome(ctx, u.store.putWhole(ctx, u.name, u.part[:n], u.options()))
}

func (s *bucket) putWhole(ctx context.Context, name string, content []byte, options minio.PutObjectOptions) error {
	options.DisableContentSha256 = true // given here
	_, err := s.client.PutObject(ctx, s.name, name, bytes.NewReader(content), int64(len(content)), "", sum(content), options)
	return err
}

func sum(content []byte) string {
	digest := sha256.Sum256(content)
	return hex.EncodeToString(digest[:])
}

// parts uploads a file of several parts, of which the first n bytes are in the buffer. The object is there when all parts are.
func (u *upload) parts(ctx context.Context, n int) error {
	client, bucket := u.store.client, u.store.name
	id, err := client.NewMultipartUpload(ctx, bucket, u.name, minio.PutObjectOptions{UserMetadata: map[string]string{owner: u.word}})
	if err != nil {
		return u.store.fault(ctx, err)
	}
	done, err := u.sendParts(ctx, id, n)
	if err == nil {
		_, err = client.CompleteMultipartUpload(ctx, bucket, u.name, id, done, u.condition())
		err = u.outcome(ctx, err)
	}
	if err != nil {
		u.abort(ctx, id)
	}
	return err
}

// condition is options without the metadata, which belongs to the upload's beginning.
func (u *upload) condition() minio.PutObjectOptions {
	var options minio.PutObjectOptions
	options.SetMatchETagExcept("*")
	return options
}

func (u *upload) sendParts(ctx context.Context, id string, n int) (done []minio.CompletePart, err error) {
	for last := false; ; {
		if n > 0 {
			part, err := u.sendPart(ctx, id, len(done)+1, u.part[:n])
			if err != nil {
				return nil, err
			}
			done = append(done, part)
		}
		if last {
			return done, nil
		}
		if last, n, err = u.next(); err != nil {
			return nil, err
		}
	}
}

func (u *upload) sendPart(ctx context.Context, id string, number int, content []byte) (minio.CompletePart, error) {
	if number > maxParts {
		return minio.CompletePart{}, fault.New(fault.Limit, "The file is too large for the storage: more than %d GB.", int64(len(u.part))*maxParts>>30)
	}
	part, err := u.store.client.PutObjectPart(ctx, u.store.name, u.name, id, number, bytes.NewReader(content), int64(len(content)),
		minio.PutObjectPartOptions{Sha256Hex: sum(content), DisableContentSha256: true})
	if err != nil {
		return minio.CompletePart{}, u.store.fault(ctx, err)
	}
	return minio.CompletePart{PartNumber: part.PartNumber, ETag: part.ETag}, nil
}

// abort gives the parts back, even when ctx has ended. What it cannot reach is the sweep's.
func (u *upload) abort(ctx context.Context, id string) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	_ = u.store.client.AbortMultipartUpload(ctx, u.store.name, u.name, id)
}

// outcome tells a key that somebody took from one that an earlier attempt of the same request took.
func (u *upload) outcome(ctx context.Context, err error) error {
	switch minio.ToErrorResponse(err).Code {
	case minio.PreconditionFailed, "ConditionalRequestConflict", minio.NoSuchUpload:
		there, statErr := u.store.client.StatObject(ctx, u.store.name, u.name, minio.StatObjectOptions{})
		if statErr == nil && there.UserMetadata[owner] == u.word {
			return nil
		}
		if statErr == nil {
			return exists(u.key)
		}
	}
	if err != nil {
		return u.store.fault(ctx, err)
	}
	return nil
}
