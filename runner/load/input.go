package load

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	// bufferSize is how much of the file is read at a time.
	bufferSize = 256 << 10
	// sampleSize is how much of the content is looked at to find out what it is.
	sampleSize = 64 << 10
)

// input is a file that can be read from its start any number of times.
type input struct {
	name     string // for messages
	path     string
	temp     bool // the file is ours to remove
	size     int64
	packed   compression
	encoding string // what the person said; empty: not said

	progress func(done, total int64)
	done     int64
	passes   int64 // how many times the file is going to be read
}

// openInput finds the file. What cannot be read twice, such as standard input, is written to a temporary file first. Close removes it.
func openInput(ctx context.Context, options Options) (*input, error) {
	in := &input{name: options.Path, path: options.Path, encoding: options.Encoding, progress: options.Progress, passes: 2}
	if in.progress == nil {
		in.progress = func(int64, int64) {}
	}
	if err := in.locate(ctx, options.Stdin); err != nil {
		return nil, err
	}
	if err := in.findCompression(); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

func (in *input) locate(ctx context.Context, stdin io.Reader) error {
	if in.path == "-" {
		in.name = "standard input"
		if stdin == nil {
			stdin = os.Stdin
		}
		return in.spool(ctx, stdin)
	}
	info, err := os.Stat(in.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.New(fault.Invalid, "There is no file %s.", in.name)
	case err != nil:
		return unreadable(in.name, err)
	case info.IsDir():
		return fault.New(fault.Invalid, "%s is a folder; name one file.", in.name)
	case info.Mode().IsRegular():
		in.size = info.Size()
		return nil
	}
	pipe, err := os.Open(in.path)
	if err != nil {
		return unreadable(in.name, err)
	}
	defer func() { _ = pipe.Close() }()
	return in.spool(ctx, pipe)
}

// spool copies to a temporary file, which takes the place of the input's.
func (in *input) spool(ctx context.Context, from io.Reader) error {
	file, err := os.CreateTemp("", "vitrina-load-")
	if err != nil {
		return fault.New(fault.Failed, "No temporary file can be made for %s: %w", in.name, err)
	}
	in.path, in.temp = file.Name(), true
	in.size, err = io.Copy(file, &counted{ctx: ctx, from: from, name: in.name})
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		in.Close()
		var known *fault.Error
		if errors.As(err, &known) {
			return err
		}
		return fault.New(fault.Failed, "%s could not be copied to a temporary file: %w", in.name, err)
	}
	return nil
}

// Close removes the temporary file, if there is one.
func (in *input) Close() {
	if in.temp {
		_ = os.Remove(in.path)
	}
}

// open reads the content from its start, without its compression.
func (in *input) open(ctx context.Context) (io.ReadCloser, error) {
	file, err := os.Open(in.path)
	if err != nil {
		return nil, unreadable(in.name, err)
	}
	raw := &counted{ctx: ctx, from: file, name: in.name, count: in.advance}
	plain, err := in.packed.reader(raw)
	if err != nil {
		_ = file.Close()
		return nil, in.damaged(err)
	}
	return &opened{plain: plain, file: file, in: in}, nil
}

func (in *input) advance(n int) {
	in.done += int64(n)
	in.progress(min(in.done, in.total()), in.total())
}

func (in *input) finish() { in.progress(in.total(), in.total()) }

func (in *input) total() int64 { return in.size * in.passes }

// sample is the start of the content.
func (in *input) sample(ctx context.Context) ([]byte, error) {
	r, err := in.open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	in.done = 0
	buf := make([]byte, sampleSize)
	n, err := io.ReadFull(r, buf)
	in.done = 0
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return buf[:n], nil
}

func (in *input) damaged(err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	return fault.New(fault.Invalid, "%s cannot be unpacked as %s, it is damaged or cut off: %w", in.name, in.packed, err)
}

func unreadable(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fault.New(fault.Invalid, "%s cannot be read: %w", name, err)
}

// counted reads a file until ctx ends, and tells how much.
type counted struct {
	ctx   context.Context
	from  io.Reader
	name  string
	count func(n int)
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, &fault.Error{Code: fault.Cancelled, Message: "Loading was stopped.", Cause: err}
	}
	n, err := c.from.Read(p)
	if c.count != nil && n > 0 {
		c.count(n)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreadable(c.name, err)
	}
	return n, err
}

type opened struct {
	plain io.ReadCloser
	file  *os.File
	in    *input
}

func (o *opened) Read(p []byte) (int, error) {
	n, err := o.plain.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = o.in.damaged(err)
	}
	return n, err
}

func (o *opened) Close() error {
	_ = o.plain.Close()
	return o.file.Close()
}
