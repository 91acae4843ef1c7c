package load

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/load/infer"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// rowReader reads the rows of a text file.
type rowReader interface {
	// Next returns a cell for each name, valid until the next call, or io.EOF. A wrong row is fault.Invalid.
	Next() ([]infer.Cell, error)
	// Names of the columns so far; later rows may add some.
	Names() []string
	// Place of the row that Next returned, for messages.
	Place() string
	// Skipped is the number of lines that were left out.
	Skipped() int64
}

// textBody is CSV or JSON. It is sent as RowBinary: what was inferred from a text is what arrives, not what a server reads in it.
type textBody struct {
	in    *input
	open  func(*text) (rowReader, error)
	plan  []column
	types []infer.Type
	count int64
	left  int64 // lines left out
}

// inspectText infers the columns from all rows.
func inspectText(ctx context.Context, in *input, open func(*text) (rowReader, error), to *target) (body, error) {
	b := &textBody{in: in, open: open}
	var gathered []*infer.Column
	names, err := b.each(ctx, func(cells []infer.Cell, _ rowReader) error {
		for len(gathered) < len(cells) {
			fresh := &infer.Column{}
			fresh.AddNulls(b.count)
			gathered = append(gathered, fresh)
		}
		for i, cell := range cells {
			gathered[i].Add(cell)
		}
		b.count++
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fault.New(fault.Invalid, "%s has no rows, so there is no telling its columns.", in.name)
	}
	for len(gathered) < len(names) {
		gathered = append(gathered, &infer.Column{})
	}
	for i, name := range uniqueNames(names) {
		t, planned := planText(name, gathered[i], to)
		b.types, b.plan = append(b.types, t), append(b.plan, planned)
	}
	return b, to.check(b.plan)
}

// planText decides how a column travels. Where the type is given, not inferred, the text itself is sent for the server to read, unless
// it is about times.
func planText(name string, gathered *infer.Column, to *target) (infer.Type, column) {
	t := gathered.Type()
	final, asText := to.typeOf(name)
	missing := gathered.Blanks()
	if isMoment(final) && (gathered.IsClock() || gathered.IsInstant()) && t.Base != infer.String {
		asText = false // the server's own reading of times is narrower
	}
	if asText {
		if isText(final) && !takesNull(final) {
			missing = gathered.Nulls()
		}
		t = infer.Type{Base: infer.String, Nullable: missing > 0}
	}
	if final == "" {
		final = t.String()
	}
	if !t.Nullable {
		missing = 0
	}
	return t, column{name: name, sent: t.String(), final: final, missing: missing, asText: asText, clock: gathered.IsClock() && !asText}
}

// each reads all rows and returns the names of the columns.
func (b *textBody) each(ctx context.Context, do func([]infer.Cell, rowReader) error) (names []string, err error) {
	t, err := b.in.openText(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = t.Close() }()
	rows, err := b.open(t)
	if err != nil {
		return nil, err
	}
	for {
		cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			b.left = rows.Skipped()
			return rows.Names(), nil
		}
		if err != nil {
			return nil, err
		}
		if err := do(cells, rows); err != nil {
			return nil, err
		}
	}
}

func (b *textBody) columns() []column { return b.plan }

func (b *textBody) rows() int64 { return b.count }

func (b *textBody) skipped() int64 { return b.left }

func (b *textBody) format() string { return source.RowBinary }

func (b *textBody) send(ctx context.Context, w io.Writer) error {
	header := make([]source.Column, len(b.plan))
	for i, c := range b.plan {
		header[i] = source.Column{Name: c.name, Type: c.sent}
	}
	buf := rowbinary.AppendHeader(make([]byte, 0, 2*bufferSize), header)
	sent := int64(0)
	_, err := b.each(ctx, func(cells []infer.Cell, rows rowReader) (err error) {
		if len(cells) > len(b.plan) {
			return b.fileChanged(rows)
		}
		for i := range b.plan {
			cell := infer.Cell{Kind: infer.Null}
			if i < len(cells) {
				cell = cells[i]
			}
			if buf, err = b.types[i].Append(buf, cell); err != nil {
				return b.fileChanged(rows)
			}
		}
		if sent++; len(buf) < bufferSize {
			return nil
		}
		_, err = w.Write(buf)
		buf = buf[:0]
		return err
	})
	if err != nil {
		return err
	}
	if sent != b.count {
		return b.fileChanged(nil)
	}
	_, err = w.Write(buf)
	return err
}

func (b *textBody) fileChanged(at rowReader) error {
	place := ""
	if at != nil {
		place = fmt.Sprintf(", %s", at.Place())
	}
	return fault.New(fault.Failed, "%s%s: the file was changed while it was loaded. Nothing was loaded; try again.", b.in.name, place)
}
