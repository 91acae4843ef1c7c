package export

import (
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// deflates are compressors waiting to be used again: each has tables of more than half a megabyte, many times a small file.
var deflates sync.Pool

// deflate compresses to a writer, fast. Close ends the stream and is called once; a deflate that is not closed is simply lost.
type deflate struct{ *flate.Writer }

func newDeflate(w io.Writer) (io.WriteCloser, error) {
	if waiting, ok := deflates.Get().(*flate.Writer); ok {
		waiting.Reset(w)
		return deflate{waiting}, nil
	}
	fresh, err := flate.NewWriter(w, flate.BestSpeed)
	return deflate{fresh}, err
}

func (d deflate) Close() error {
	err := d.Writer.Close()
	d.Reset(io.Discard) // lets go of what it wrote to
	deflates.Put(d.Writer)
	return err
}
