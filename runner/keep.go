package runner

import (
	"context"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// keep tells the columns of a cell that was spooled and hands the beginning of its rows to the Output, if that is wanted.
func (x *execution) keep(ctx context.Context, cell string, result *CellResult) error {
	spooled := x.spools[cell]
	if spooled == nil {
		return nil
	}
	result.Columns = spooled.columns
	if x.request.Keep.Rows <= 0 || !x.plan.has(cell) {
		return nil
	}
	kept, err := x.keepHead(ctx, cell, spooled)
	if err != nil {
		return fault.New(fault.CodeOf(err), "The rows to look at could not be kept: %w", err)
	}
	result.Kept = &kept
	return nil
}

func (x *execution) keepHead(ctx context.Context, cell string, spooled *spool) (kept Kept, err error) {
	rows, err := spooled.open()
	if err != nil {
		return kept, fault.Disk(x.dir, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	packed, in := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		in.CloseWithError(pack(in, io.LimitReader(rows, spooled.end)))
	}()
	kept = spooled.head
	kept.Path, err = x.request.Out.Keep(ctx, cell, packed)
	_ = packed.Close() // so that the packing ends though it was not read to its end
	<-done
	return kept, err
}

// pack compresses with little memory: many runs may do so at once.
func pack(to io.Writer, from io.Reader) error {
	packer, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<20))
	if err != nil {
		return err
	}
	_, err = io.Copy(packer, from)
	return errors.Join(err, packer.Close())
}
