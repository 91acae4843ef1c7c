package rowbinary

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

var plainEncoders = map[Code]encoder{
	String:   encodeString,
	Bool:     encodeBool,
	Int8:     integerEncoder(8, true),
	Int16:    integerEncoder(16, true),
	Int32:    integerEncoder(32, true),
	Int64:    integerEncoder(64, true),
	Int128:   integerEncoder(128, true),
	Int256:   integerEncoder(256, true),
	UInt8:    integerEncoder(8, false),
	UInt16:   integerEncoder(16, false),
	UInt32:   integerEncoder(32, false),
	UInt64:   integerEncoder(64, false),
	UInt128:  integerEncoder(128, false),
	UInt256:  integerEncoder(256, false),
	Float32:  encodeFloat32,
	Float64:  encodeFloat64,
	Date:     encodeDate,
	Date32:   encodeDate32,
	DateTime: encodeDateTime,
	UUID:     encodeUUID,
	Nothing:  encodeNothing,
}

func encodeString(buf []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case string:
		return AppendString(buf, v), nil
	case []byte:
		return AppendString(buf, v), nil
	}
	return nil, mismatch(value, "a text")
}

func fixedStringEncoder(size int) encoder {
	return func(buf []byte, value any) ([]byte, error) {
		var s string
		switch v := value.(type) {
		case string:
			s = v
		case []byte:
			s = string(v)
		default:
			return nil, mismatch(value, "a text")
		}
		if len(s) > size {
			return nil, fmt.Errorf("%d bytes do not fit FixedString(%d)", len(s), size)
		}
		return append(append(buf, s...), make([]byte, size-len(s))...), nil
	}
}

func encodeBool(buf []byte, value any) ([]byte, error) {
	v, ok := value.(bool)
	if !ok {
		return nil, mismatch(value, "true or false")
	}
	if v {
		return append(buf, 1), nil
	}
	return append(buf, 0), nil
}

func integerEncoder(bits int, signed bool) encoder {
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(bits))
	if signed {
		high.Rsh(high, 1)
		low.Neg(high)
	}
	return func(buf []byte, value any) ([]byte, error) {
		if v, ok := value.(int64); ok && bits <= 64 && holds(v, bits, signed) {
			return binary.LittleEndian.AppendUint64(buf, uint64(v))[:len(buf)+bits/8], nil
		}
		n, ok := bigInteger(value)
		if !ok {
			return nil, mismatch(value, "an integer")
		}
		if n.Cmp(low) < 0 || n.Cmp(high) >= 0 {
			return nil, fmt.Errorf("%s needs more than %d bits", n, bits)
		}
		return AppendInteger(buf, n, bits/8), nil
	}
}

func holds(n int64, bits int, signed bool) bool {
	if signed {
		return n>>(bits-1) == n>>63
	}
	return n >= 0 && (bits == 64 || n>>bits == 0)
}

func bigInteger(value any) (*big.Int, bool) {
	switch v := value.(type) {
	case int:
		return big.NewInt(int64(v)), true
	case int8:
		return big.NewInt(int64(v)), true
	case int16:
		return big.NewInt(int64(v)), true
	case int32:
		return big.NewInt(int64(v)), true
	case int64:
		return big.NewInt(v), true
	case uint8:
		return big.NewInt(int64(v)), true
	case uint16:
		return big.NewInt(int64(v)), true
	case uint32:
		return big.NewInt(int64(v)), true
	case uint64:
		return new(big.Int).SetUint64(v), true
	case *big.Int:
		return v, v != nil
	}
	return nil, false
}

func encodeFloat32(buf []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case float32:
		return binary.LittleEndian.AppendUint32(buf, math.Float32bits(v)), nil
	case float64:
		return binary.LittleEndian.AppendUint32(buf, math.Float32bits(float32(v))), nil
	}
	return nil, mismatch(value, "a number")
}

func encodeFloat64(buf []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case float32:
		return binary.LittleEndian.AppendUint64(buf, math.Float64bits(float64(v))), nil
	case float64:
		return binary.LittleEndian.AppendUint64(buf, math.Float64bits(v)), nil
	}
	return nil, mismatch(value, "a number")
}

func encodeDate(buf []byte, value any) ([]byte, error) {
	days, err := epochDays(value)
	if err != nil {
		return nil, err
	}
	if days < 0 || days > math.MaxUint16 {
		return nil, fmt.Errorf("%v is outside of what Date holds, 1970 to 2149", value)
	}
	return binary.LittleEndian.AppendUint16(buf, uint16(days)), nil
}

func encodeDate32(buf []byte, value any) ([]byte, error) {
	days, err := epochDays(value)
	if err != nil {
		return nil, err
	}
	return binary.LittleEndian.AppendUint32(buf, uint32(int32(days))), nil
}

func epochDays(value any) (int64, error) {
	d, ok := value.(forms.Date)
	if !ok {
		return 0, mismatch(value, "a date")
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400, nil
}

func encodeDateTime(buf []byte, value any) ([]byte, error) {
	t, ok := value.(time.Time)
	if !ok {
		return nil, mismatch(value, "a time")
	}
	if t.Unix() < 0 || t.Unix() > math.MaxUint32 || t.Nanosecond() != 0 {
		return nil, fmt.Errorf("%s is no DateTime: whole seconds from 1970 to 2106", t.Format(time.RFC3339Nano))
	}
	return binary.LittleEndian.AppendUint32(buf, uint32(t.Unix())), nil
}

func encodeUUID(buf []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case uuid.UUID:
		return AppendUUID(buf, v), nil
	case [16]byte:
		return AppendUUID(buf, v), nil
	}
	return nil, mismatch(value, "a UUID")
}

func encodeNothing(_ []byte, value any) ([]byte, error) { return nil, mismatch(value, "nothing") }

// decimalEncoder writes the digits without their point, as an integer.
func decimalEncoder(precision, scale int) encoder {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(precision)), nil)
	return func(buf []byte, value any) ([]byte, error) {
		d, ok := value.(decimal.Decimal)
		if !ok {
			return nil, mismatch(value, "a decimal")
		}
		// The first test keeps a huge exponent from being written out in full.
		if int64(d.NumDigits())+int64(d.Exponent()) <= int64(precision) {
			digits := d.Shift(int32(scale))
			if n := digits.BigInt(); digits.IsInteger() && n.CmpAbs(limit) < 0 {
				return AppendInteger(buf, n, DecimalBytes(precision)), nil
			}
		}
		return nil, fmt.Errorf("the value does not fit Decimal(%d, %d)", precision, scale)
	}
}

// dateTime64Encoder writes ticks of 10⁻ˢ seconds since 1970.
func dateTime64Encoder(scale int) encoder {
	perSecond := int64(math.Pow10(scale))
	tick := int64(time.Second) / perSecond
	return func(buf []byte, value any) ([]byte, error) {
		t, ok := value.(time.Time)
		if !ok {
			return nil, mismatch(value, "a time")
		}
		nanos := int64(t.Nanosecond())
		if limit := math.MaxInt64/perSecond - 1; nanos%tick != 0 || t.Unix() > limit || t.Unix() < -limit {
			return nil, fmt.Errorf("%s does not fit DateTime64(%d)", t.Format(time.RFC3339Nano), scale)
		}
		return binary.LittleEndian.AppendUint64(buf, uint64(t.Unix()*perSecond+nanos/tick)), nil
	}
}

func mismatch(value any, want string) error {
	return fmt.Errorf("a value of Go type %T is not %s", value, want)
}
