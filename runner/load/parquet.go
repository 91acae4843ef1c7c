package load

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// parquetBody is a Parquet file, which is sent as it is.
type parquetBody struct {
	in    *input
	plan  []column
	count int64
}

func inspectParquet(ctx context.Context, in *input, to *target) (body, error) {
	if in.packed != plain {
		if err := in.unpack(ctx); err != nil {
			return nil, err
		}
	}
	in.passes = 1
	file, err := os.Open(in.path)
	if err != nil {
		return nil, unreadable(in.name, err)
	}
	defer func() { _ = file.Close() }()
	b := &parquetBody{in: in}
	if err := b.readSchema(file, to); err != nil {
		return nil, err
	}
	return b, to.check(b.plan)
}

// unpack makes the content the file, since Parquet is read from its end.
func (in *input) unpack(ctx context.Context) error {
	content, err := in.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	stored, packed := in.size, *in
	if err := in.spool(ctx, content); err != nil {
		return err
	}
	packed.Close()
	in.packed, in.size, in.done = plain, stored, 0
	return nil
}

// readSchema takes only the end of the file. The library panics on some damaged schemas.
func (b *parquetBody) readSchema(file *os.File, to *target) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fault.New(fault.Invalid, "%s is a damaged Parquet file: %v.", b.in.name, cause)
		}
	}()
	size, err := checkFooter(file)
	if err != nil {
		return fault.New(fault.Invalid, "%s is a damaged Parquet file: %w.", b.in.name, err)
	}
	parsed, err := parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return fault.New(fault.Invalid, "%s is a damaged Parquet file: %w.", b.in.name, err)
	}
	b.count = parsed.NumRows()
	seen := map[string]bool{}
	for _, c := range parsed.Root().Columns() {
		if c.Name() == "" || seen[c.Name()] {
			return fault.New(fault.Invalid, "%s has two columns of the name %q, or one without a name.", b.in.name, c.Name())
		}
		seen[c.Name()] = true
		sent, err := parquetType(c)
		if err != nil {
			return fault.New(fault.Invalid, "%s, column %q: %w.", b.in.name, c.Name(), err)
		}
		final, _ := to.typeOf(c.Name())
		if final == "" {
			final = sent
		}
		b.plan = append(b.plan, column{name: c.Name(), sent: sent, final: final})
	}
	if len(b.plan) == 0 {
		return fault.New(fault.Invalid, "%s has no columns.", b.in.name)
	}
	return nil
}

var errCutOff = errors.New("its end is missing")

// checkFooter keeps a damaged length from being allocated.
func checkFooter(file *os.File) (size int64, err error) {
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	const head, tail = 4, 8 // "PAR1"; the length of the schema before it, "PAR1"
	end := make([]byte, tail)
	if info.Size() < head+tail {
		return 0, errCutOff
	}
	if _, err := file.ReadAt(end, info.Size()-tail); err != nil {
		return 0, err
	}
	if string(end[4:]) != "PAR1" || int64(binary.LittleEndian.Uint32(end)) > info.Size()-head-tail {
		return 0, errCutOff
	}
	return info.Size(), nil
}

func (b *parquetBody) columns() []column { return b.plan }

func (b *parquetBody) rows() int64 { return b.count }

func (b *parquetBody) skipped() int64 { return 0 }

func (b *parquetBody) format() string { return "Parquet" }

func (b *parquetBody) send(ctx context.Context, w io.Writer) error {
	content, err := b.in.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	_, err = io.Copy(w, content)
	return err
}
