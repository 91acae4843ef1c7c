package export

import (
	"archive/zip"
	"hash/crc32"
	"io"
	"io/fs"
)

// archive is the zip around a workbook. Streamed entries come first; then excelize writes the other parts through the same archive,
// and those that are there already are dropped.
type archive struct {
	zip     *zip.Writer
	sink    *sink
	written map[string]bool
}

// sink remembers the error of the file being written, which is the one to tell.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(p)
	s.err = err
	return n, err
}

func newArchive(w io.Writer) *archive {
	a := &archive{sink: &sink{w: w}, written: map[string]bool{}}
	a.zip = zip.NewWriter(a.sink)
	a.zip.RegisterCompressor(zip.Deflate, newDeflate)
	return a
}

// Create is excelize's way to write a part.
func (a *archive) Create(name string) (io.Writer, error) {
	if a.written[name] {
		return io.Discard, nil
	}
	a.written[name] = true
	return a.zip.Create(name)
}

// AddFS is asked for by excelize's interface and never called.
func (a *archive) AddFS(fsys fs.FS) error { return a.zip.AddFS(fsys) }

// Close does nothing, as excelize calls it before the archive is done with; finish closes.
func (a *archive) Close() error { return nil }

func (a *archive) finish() error { return a.zip.Close() }

// cause is the error of writing the file if there was one, else err.
func (a *archive) cause(err error) error {
	if a.sink.err != nil {
		return a.sink.err
	}
	return unexpected(err)
}

// chunkSize is how much is handed to the compressor at once.
const chunkSize = 512 << 10

// entry is one part of the workbook being streamed. What is appended to buf is compressed by a goroutine of its own.
type entry struct {
	buf    []byte
	size   int64 // handed over so far
	full   chan []byte
	free   chan []byte
	done   chan error
	header *zip.FileHeader
	closed bool
	err    error
}

// stream begins the part. Until it is closed, no other may be begun.
func (a *archive) stream(name string) (*entry, error) {
	const dataDescriptor = 1 << 3 // sizes and checksum stand behind the data
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Flags: dataDescriptor, CreatorVersion: 20, ReaderVersion: 20}
	raw, err := a.zip.CreateRaw(header)
	if err != nil {
		return nil, a.cause(err)
	}
	a.written[name] = true
	e := &entry{header: header, full: make(chan []byte, 2), free: make(chan []byte, 3), done: make(chan error, 1)}
	for range cap(e.free) {
		e.free <- nil // it grows as far as it is needed: most parts are small
	}
	e.buf = <-e.free
	counted := &counter{w: raw}
	go func() { e.done <- a.cause(e.compress(counted)) }()
	return e, nil
}

type counter struct {
	w io.Writer
	n uint64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += uint64(n)
	return n, err
}

// compress takes chunks until there are no more. After an error it goes on taking them, so that the other side never waits for it.
func (e *entry) compress(w *counter) error {
	packed, err := newDeflate(w)
	checksum := uint32(0)
	size := uint64(0)
	for chunk := range e.full {
		if err == nil {
			checksum = crc32.Update(checksum, crc32.IEEETable, chunk)
			size += uint64(len(chunk))
			_, err = packed.Write(chunk)
		}
		e.free <- chunk[:0]
	}
	if err == nil {
		err = packed.Close()
	}
	e.header.CRC32 = checksum
	e.header.UncompressedSize64, e.header.CompressedSize64 = size, w.n
	//nolint:staticcheck // archive/zip takes what it writes behind the data from the deprecated fields
	e.header.UncompressedSize, e.header.CompressedSize = uint32(size), uint32(w.n)
	return err
}

// flush hands the buffer over when it is full enough.
func (e *entry) flush() {
	if len(e.buf) >= chunkSize {
		e.hand()
	}
}

func (e *entry) hand() {
	e.size += int64(len(e.buf))
	e.full <- e.buf
	e.buf = <-e.free
}

// close ends the part and returns the first error of compressing or writing it, also when it is closed again.
func (e *entry) close() error {
	if !e.closed {
		e.closed = true
		e.hand()
		close(e.full)
		e.err = <-e.done
	}
	return e.err
}
