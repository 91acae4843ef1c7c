package artifacts

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// object reads an object with requests for ranges, made when something is read.
type object struct {
	ctx    context.Context
	store  *bucket
	key    string
	info   minio.ObjectInfo
	offset int64
	body   io.ReadCloser // from offset on; nil until something is read
}

func (s *bucket) Open(ctx context.Context, key string) (Object, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	info, err := s.client.StatObject(ctx, s.name, s.prefix+key, minio.StatObjectOptions{})
	if err != nil {
		return nil, s.keyFault(ctx, key, err)
	}
	return &object{ctx: ctx, store: s, key: key, info: info}, nil
}

func (o *object) Size() int64 { return o.info.Size }

func (o *object) ModTime() time.Time { return o.info.LastModified }

func (o *object) Read(p []byte) (int, error) {
	if o.offset >= o.info.Size {
		return 0, io.EOF
	}
	if o.body == nil {
		if err := o.request(); err != nil {
			return 0, err
		}
	}
	n, err := o.body.Read(p)
	o.offset += int64(n)
	if err != nil && (!errors.Is(err, io.EOF) || o.offset < o.info.Size) {
		err = errors.Join(o.store.keyFault(o.ctx, o.key, err), o.drop())
	}
	return n, err
}

// request asks for the rest of the object, of the version that was opened.
func (o *object) request() error {
	var options minio.GetObjectOptions
	if o.offset > 0 {
		if err := options.SetRange(o.offset, 0); err != nil {
			return err
		}
	}
	if o.info.ETag != "" {
		if err := options.SetMatchETag(o.info.ETag); err != nil {
			return err
		}
	}
	body, got, _, err := o.store.client.GetObject(o.ctx, o.store.name, o.store.prefix+o.key, options)
	if err != nil {
		return o.store.keyFault(o.ctx, o.key, err)
	}
	o.body = body
	if got.Size != o.info.Size-o.offset {
		return errors.Join(fault.New(fault.Unavailable, "The storage at %s answered with another part of the file %s than was asked for.", o.store.endpoint, o.key), o.drop())
	}
	return nil
}

func (o *object) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += o.offset
	case io.SeekEnd:
		offset += o.info.Size
	}
	if offset < 0 || whence < io.SeekStart || whence > io.SeekEnd {
		return o.offset, fault.New(fault.Invalid, "There is no such place in the file %s.", o.key)
	}
	if offset == o.offset {
		return offset, nil
	}
	o.offset = offset
	return offset, o.drop()
}

func (o *object) Close() error { return o.drop() }

func (o *object) drop() error {
	if o.body == nil {
		return nil
	}
	body := o.body
	o.body = nil
	return body.Close()
}
