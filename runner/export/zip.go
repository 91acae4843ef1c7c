package export

import (
	"archive/zip"
	"io"
	"time"

	"github.com/klauspost/compress/flate"
)

// Zip puts several files into one, streaming.
type Zip struct {
	zip   *zip.Writer
	names Filenames
	time  time.Time
}

// NewZip writes to w; the files in it are dated now.
func NewZip(w io.Writer, now time.Time) *Zip {
	z := &Zip{zip: zip.NewWriter(w), names: Filenames{}, time: now}
	z.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return z
}

// Add begins the next file, which ends the one before. The name is made unique within the zip.
func (z *Zip) Add(name string) (io.Writer, error) {
	return z.zip.CreateHeader(&zip.FileHeader{Name: z.names.Take(name), Method: zip.Deflate, Modified: z.time})
}

// Close writes the list of files; w stays open.
func (z *Zip) Close() error { return z.zip.Close() }
