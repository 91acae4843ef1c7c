// This file and its siblings named encode_* append values as RowBinary has them: numbers with the lowest byte first, texts and arrays
// after their length.

package rowbinary

import (
	"encoding/binary"
	"math/big"

	"github.com/vitrina-reports/vitrina/runner/source"
)

// What stands before the value of a Nullable.
const (
	notNull byte = 0
	null    byte = 1
)

// AppendHeader begins a stream: the number of columns, their names, their types.
func AppendHeader(buf []byte, columns []source.Column) []byte {
	buf = AppendLength(buf, len(columns))
	for _, column := range columns {
		buf = AppendString(buf, column.Name)
	}
	for _, column := range columns {
		buf = AppendString(buf, column.Type)
	}
	return buf
}

// AppendLength appends what precedes a text's bytes or an array's elements.
func AppendLength(buf []byte, n int) []byte { return binary.AppendUvarint(buf, uint64(n)) }

// AppendString appends a String.
func AppendString[T string | []byte](buf []byte, s T) []byte {
	return append(AppendLength(buf, len(s)), s...)
}

// AppendNull appends the NULL of any Nullable type.
func AppendNull(buf []byte) []byte { return append(buf, null) }

// AppendNotNull announces that the value of a Nullable follows.
func AppendNotNull(buf []byte) []byte { return append(buf, notNull) }

// AppendUUID appends a UUID given in its usual order of bytes.
func AppendUUID(buf []byte, id [16]byte) []byte {
	buf = binary.LittleEndian.AppendUint64(buf, binary.BigEndian.Uint64(id[:8]))
	return binary.LittleEndian.AppendUint64(buf, binary.BigEndian.Uint64(id[8:]))
}

// DecimalBytes is the width of a Decimal of that precision: 4, 8, 16 or 32.
func DecimalBytes(precision int) int {
	switch {
	case precision <= 9:
		return 4
	case precision <= 18:
		return 8
	case precision <= 38:
		return 16
	default:
		return 32
	}
}

// AppendInteger appends an integer as two's complement of that many bytes, which must be enough to hold it.
func AppendInteger(buf []byte, n *big.Int, bytes int) []byte {
	if n.Sign() < 0 {
		// The complement of a negative number: -n-1 with every bit turned.
		start := len(buf)
		buf = AppendInteger(buf, new(big.Int).Not(n), bytes)
		for i := start; i < len(buf); i++ {
			buf[i] = ^buf[i]
		}
		return buf
	}
	start := len(buf)
	buf = append(buf, make([]byte, bytes)...)
	n.FillBytes(buf[start:])
	for i, j := start, len(buf)-1; i < j; i, j = i+1, j-1 {
		buf[i], buf[j] = buf[j], buf[i]
	}
	return buf
}
