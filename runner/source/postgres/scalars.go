package postgres

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

var errWire = errors.New("the value came from Postgres with an unexpected length")

func copyText(buf, wire []byte) ([]byte, error) { return rowbinary.AppendString(buf, wire), nil }

// byteaScalar writes bytes, which are no text, as Postgres prints them: \xdeadbeef.
func byteaScalar(buf, wire []byte) ([]byte, error) {
	buf = rowbinary.AppendLength(buf, len(`\x`)+hex.EncodedLen(len(wire)))
	return hex.AppendEncode(append(buf, `\x`...), wire), nil
}

func copyBytes(n int) scalar {
	return func(buf, wire []byte) ([]byte, error) {
		if len(wire) != n {
			return nil, errWire
		}
		return append(buf, wire...), nil
	}
}

// reversed is for numbers: Postgres sends the highest byte first.
func reversed(n int) scalar {
	return func(buf, wire []byte) ([]byte, error) {
		if len(wire) != n {
			return nil, errWire
		}
		for i := n - 1; i >= 0; i-- {
			buf = append(buf, wire[i])
		}
		return buf, nil
	}
}

func uuidScalar(buf, wire []byte) ([]byte, error) {
	if len(wire) != 16 {
		return nil, errWire
	}
	return rowbinary.AppendUUID(buf, [16]byte(wire)), nil
}

// Postgres counts time from 2000-01-01.
const (
	epochDays   = 10957
	epochMicros = epochDays * 86400 * 1_000_000
)

var errInfinity = errors.New("infinity is no moment that a result can hold: cast the column, valid_to::text, or leave it out, nullif(valid_to, 'infinity')")

func dateScalar(buf, wire []byte) ([]byte, error) {
	if len(wire) != 4 {
		return nil, errWire
	}
	days := int32(binary.BigEndian.Uint32(wire))
	if days == math.MaxInt32 || days == math.MinInt32 {
		return nil, errInfinity
	}
	return binary.LittleEndian.AppendUint32(buf, uint32(days+epochDays)), nil
}

// momentScalar writes as many digits of the second as were declared.
func momentScalar(digits int) scalar {
	micros := int64(math.Pow10(6 - digits))
	return func(buf, wire []byte) ([]byte, error) {
		if len(wire) != 8 {
			return nil, errWire
		}
		n := int64(binary.BigEndian.Uint64(wire))
		if n == math.MaxInt64 || n == math.MinInt64 {
			return nil, errInfinity
		}
		if n > math.MaxInt64-epochMicros {
			return nil, errors.New("the moment is too far in the future")
		}
		// Postgres has rounded to the declared digits already, so that nothing is lost.
		return binary.LittleEndian.AppendUint64(buf, uint64((n+epochMicros)/micros)), nil
	}
}

// appendArray reads the binary form of an array: dimensions, a flag, the element type, length and lower bound of each dimension,
// then each element after its length.
func (c *column) appendArray(buf, wire []byte) ([]byte, error) {
	if wire == nil {
		return rowbinary.AppendLength(buf, 0), nil
	}
	if len(wire) < 12 {
		return nil, errWire
	}
	switch dimensions := binary.BigEndian.Uint32(wire); {
	case dimensions == 0:
		return rowbinary.AppendLength(buf, 0), nil
	case dimensions > 1:
		return nil, errors.New("an array within an array; use array_to_json or unnest")
	case len(wire) < 20:
		return nil, errWire
	}
	n := int(binary.BigEndian.Uint32(wire[12:]))
	buf, rest := rowbinary.AppendLength(buf, n), wire[20:]
	for range n {
		element, after, err := nextElement(rest)
		if err != nil {
			return nil, err
		}
		if buf, err = c.appendNullable(buf, element); err != nil {
			return nil, err
		}
		rest = after
	}
	return buf, nil
}

func nextElement(wire []byte) (element, rest []byte, err error) {
	if len(wire) < 4 {
		return nil, nil, errWire
	}
	size := int32(binary.BigEndian.Uint32(wire))
	wire = wire[4:]
	if size < 0 {
		return nil, wire, nil
	}
	if int(size) > len(wire) {
		return nil, nil, errWire
	}
	return wire[:size:size], wire[size:], nil
}
