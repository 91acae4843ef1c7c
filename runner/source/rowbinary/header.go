package rowbinary

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// maxHeaderText is how long a name or type may be.
const maxHeaderText = 1 << 20

// CutHeader takes the header off the stream; what is left are the rows, ClickHouse's RowBinary.
func CutHeader(in *bufio.Reader) ([]source.Column, error) {
	count, err := binary.ReadUvarint(in)
	if err != nil {
		return nil, cutError(err)
	}
	if count == 0 || count > maxColumns {
		return nil, fault.New(fault.Failed, "the result's header is damaged: it has %d columns", count)
	}
	columns := make([]source.Column, count)
	for i := range columns {
		if columns[i].Name, err = headerText(in); err != nil {
			return nil, cutError(err)
		}
	}
	for i := range columns {
		if columns[i].Type, err = headerText(in); err != nil {
			return nil, cutError(err)
		}
	}
	return columns, nil
}

func headerText(in *bufio.Reader) (string, error) {
	size, err := binary.ReadUvarint(in)
	if err != nil {
		return "", err
	}
	if size > maxHeaderText {
		return "", fault.New(fault.Failed, "the result's header is damaged: a name has %d bytes", size)
	}
	text := make([]byte, size)
	_, err = io.ReadFull(in, text)
	return string(text), err
}

func cutError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Failed, "the result ended before its header was whole: %w", io.ErrUnexpectedEOF)
	}
	return err
}
