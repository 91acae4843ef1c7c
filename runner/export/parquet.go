package export

import (
	"bytes"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// ParquetFormat is ClickHouse's name of the format.
const ParquetFormat = "Parquet"

// ParquetSettings make files that other readers take without options.
var ParquetSettings = map[string]string{
	"output_format_parquet_string_as_string":   "1",
	"output_format_parquet_compression_method": "zstd",
}

// maxFooter is how many bytes the description at the end of a Parquet file may have.
const maxFooter = 16 << 20

// Parquet is the RowWriter of ParquetFormat. The rows are counted in the file's footer, so that Rows is 0 until Close.
type Parquet struct {
	w    io.Writer
	head []byte // the first bytes
	tail []byte // the last ones, at least maxFooter of them
	size int64
	rows int64
}

// NewParquet returns a filter in front of w.
func NewParquet(w io.Writer) *Parquet { return &Parquet{w: w} }

// Rows is how many rows the file has, once it is closed.
func (p *Parquet) Rows() int64 { return p.rows }

func (p *Parquet) Write(data []byte) (int, error) {
	n, err := p.w.Write(data)
	data = data[:n]
	if missing := 4 - len(p.head); missing > 0 {
		p.head = append(p.head, data[:min(missing, n)]...)
	}
	p.size += int64(n)
	p.tail = append(p.tail, data...)
	if len(p.tail) > 2*maxFooter {
		kept := copy(p.tail, p.tail[len(p.tail)-maxFooter:])
		p.tail = p.tail[:kept]
	}
	return n, err
}

// Close fails when the file has no footer: it is not whole.
func (p *Parquet) Close() error {
	file, err := parquet.OpenFile(p, p.size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return fault.New(fault.Failed, "The Parquet file is not whole: %w", err)
	}
	p.rows = file.NumRows()
	p.tail = nil
	return nil
}

// ReadAt reads the start and the end of the file.
func (p *Parquet) ReadAt(to []byte, at int64) (int, error) {
	if at == 0 && len(to) <= len(p.head) {
		return copy(to, p.head), nil
	}
	if at -= p.size - int64(len(p.tail)); at < 0 {
		return 0, fault.New(fault.Failed, "The Parquet file has a footer of more than %d MiB.", maxFooter>>20)
	}
	return bytes.NewReader(p.tail).ReadAt(to, at)
}
