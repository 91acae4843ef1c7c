package export

import (
	"archive/zip"
	"io"
	"time"
)

// Zip puts several files into one, streaming.
type Zip struct {
	zip   *zip.Writer
	names Filenames
}

// NewZip writes to w.
func NewZip(w io.Writer) *Zip {
	z := &Zip{zip: zip.NewWriter(w), names: Filenames{}}
	z.zip.RegisterCompressor(zip.Deflate, newDeflate)
	return z
}

// Create begins the next file, which ends the one before. The name is made unique within the zip.
func (z *Zip) Create(name string, modified time.Time) (io.Writer, error) {
	return z.zip.CreateHeader(&zip.FileHeader{Name: z.names.Take(name), Method: zip.Deflate, Modified: modified})
}

// Close writes the list of files; w stays open.
func (z *Zip) Close() error { return z.zip.Close() }
