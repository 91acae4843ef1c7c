package load

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// compression is known by the first bytes, whatever the name of the file.
type compression string

const (
	plain    compression = ""
	gzipped  compression = "gzip"
	zstded   compression = "zstd"
	bzip2ed  compression = "bzip2"
	maxMagic             = 6
)

// maxWindow bounds the memory that a zstd file can ask for.
const maxWindow = 128 << 20

func (in *input) findCompression() error {
	file, err := os.Open(in.path)
	if err != nil {
		return unreadable(in.name, err)
	}
	defer func() { _ = file.Close() }()
	head := make([]byte, maxMagic)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return unreadable(in.name, err)
	}
	switch head = head[:n]; {
	case n == 0:
		return fault.New(fault.Invalid, "%s is empty.", in.name)
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		in.packed = gzipped
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		in.packed = zstded
	case bytes.HasPrefix(head, []byte("BZh")) && n > 3 && head[3] >= '1' && head[3] <= '9':
		in.packed = bzip2ed
	case bytes.HasPrefix(head, []byte{0xfd, '7', 'z', 'X', 'Z', 0}):
		return fault.New(fault.Invalid, "%s is packed with xz; unpack it, or pack it with gzip, zstd or bzip2.", in.name)
	}
	return nil
}

func (c compression) reader(r io.Reader) (io.ReadCloser, error) {
	buffered := bufio.NewReaderSize(r, bufferSize)
	switch c {
	case gzipped:
		return gzip.NewReader(buffered)
	case zstded:
		decoder, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		return decoder.IOReadCloser(), nil
	case bzip2ed:
		return io.NopCloser(bzip2.NewReader(buffered)), nil
	}
	return io.NopCloser(buffered), nil
}
