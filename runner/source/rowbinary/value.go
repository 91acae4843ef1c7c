package rowbinary

import (
	"encoding/binary"
	"math"
	"math/big"
	"net/netip"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

// Kind says which accessor gives a value.
type Kind uint8

const (
	Null          Kind = iota
	KindString         // Bytes; also FixedString, Enum
	KindInt            // Int; also Interval
	KindUint           // Uint
	KindBig            // Big: integers of 128 and 256 bits
	KindFloat          // Float
	KindBool           // Bool
	KindDate           // Days, Time
	KindDateTime       // Wall, Time
	KindTime           // Wall: a time of day or a length of time, also negative
	KindDecimal        // Big and the type's Scale
	KindUUID           // AppendText
	KindIP             // IP
	KindJSON           // Bytes: a JSON text
	KindComposite      // AppendJSON: Array, Tuple, Map
)

// Value is one cell of the row a Reader stands on. It is valid until the Reader's next row.
type Value struct {
	typ  *Type
	raw  []byte
	num  uint64
	kind Kind
}

// Kind of the value itself: Null for a NULL of any type; for Variant and Dynamic the kind of what they hold.
func (v *Value) Kind() Kind { return v.kind }

// Type of the value; for Variant and Dynamic the type of what they hold.
func (v *Value) Type() *Type { return v.typ }

func (v *Value) IsNull() bool { return v.kind == Null }

// Bytes of a string, or the name of an Enum. They are not always UTF-8 and must not be changed.
func (v *Value) Bytes() []byte { return v.raw }

func (v *Value) Int() int64 { return int64(v.num) }

func (v *Value) Uint() uint64 { return v.num }

func (v *Value) Bool() bool { return v.num != 0 }

// Float is the number; a Float32 is given as the Float64 that equals it.
func (v *Value) Float() float64 {
	if v.typ.Code == Float64 {
		return math.Float64frombits(v.num)
	}
	return float64(math.Float32frombits(uint32(v.num)))
}

// Big is any integer, or a Decimal without its point: 12.50 of scale 2 is 1250.
func (v *Value) Big() *big.Int {
	switch {
	case v.kind == KindUint:
		return new(big.Int).SetUint64(v.num)
	case v.raw == nil:
		return big.NewInt(int64(v.num))
	}
	return bigOf(v.raw, v.typ.Code != UInt128 && v.typ.Code != UInt256)
}

// Small is what Big is, when an int64 holds it.
func (v *Value) Small() (n int64, ok bool) {
	switch {
	case v.raw != nil:
		return small(v.raw, v.typ.Code != UInt128 && v.typ.Code != UInt256)
	case v.kind == KindUint:
		return int64(v.num), v.num <= math.MaxInt64
	}
	return int64(v.num), true
}

// bigOf reads a little-endian integer.
func bigOf(raw []byte, signed bool) *big.Int {
	var buf [32]byte
	n := len(raw)
	for i, b := range raw {
		buf[n-1-i] = b
	}
	z := new(big.Int).SetBytes(buf[:n])
	if signed && buf[0] >= 0x80 {
		z.Sub(z, new(big.Int).Lsh(big.NewInt(1), uint(n)*8))
	}
	return z
}

// small tells whether the 128 or 256 bits hold what an int64 can; Decimals and wide integers mostly do.
func small(raw []byte, signed bool) (int64, bool) {
	low := int64(binary.LittleEndian.Uint64(raw))
	fill := byte(low >> 63)
	if !signed && fill != 0 {
		return 0, false
	}
	for _, b := range raw[8:] {
		if b != fill {
			return 0, false
		}
	}
	return low, true
}

// IP of an IPv4 or IPv6.
func (v *Value) IP() netip.Addr {
	if v.typ.Code == IPv4 {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(v.num))
		return netip.AddrFrom4(b)
	}
	return netip.AddrFrom16([16]byte(v.raw))
}

// Days since 1970-01-01 of a Date or Date32.
func (v *Value) Days() int64 { return int64(v.num) }

// Wall is what a clock in the value's zone shows, as seconds since 1970-01-01 00:00:00 there and the nanoseconds within the second;
// of a Time the seconds since midnight and nanoseconds, both of them negative or zero when it is.
func (v *Value) Wall() (seconds, nanos int64) {
	switch v.typ.Code {
	case Date, Date32:
		return int64(v.num) * secondsPerDay, 0
	case DateTime:
		return v.typ.clock.wall(int64(v.num)), 0
	case Time:
		return int64(v.num), 0
	case Time64:
		scale := powers[v.typ.Precision]
		return int64(v.num) / scale, int64(v.num) % scale * powers[9-v.typ.Precision]
	}
	unix, nanos := v.unix()
	return v.typ.clock.wall(unix), nanos
}

// unix of a DateTime64.
func (v *Value) unix() (seconds, nanos int64) {
	scale := powers[v.typ.Precision]
	seconds = floorDiv(int64(v.num), scale)
	return seconds, (int64(v.num) - seconds*scale) * powers[9-v.typ.Precision]
}

// Time of a DateTime or DateTime64 in its zone; of a Date midnight in UTC.
func (v *Value) Time() time.Time {
	zone := v.typ.clock.zone
	switch {
	case v.kind == KindDate:
		return time.Unix(int64(v.num)*secondsPerDay, 0).UTC()
	case zone == nil:
		zone = time.UTC
	}
	if v.typ.Code == DateTime {
		return time.Unix(int64(v.num), 0).In(zone)
	}
	seconds, nanos := v.unix()
	return time.Unix(seconds, nanos).In(zone)
}

// Any is the value as templates take it: nil, string, int64, uint64, *big.Int, float64, bool, forms.Date, time.Time, decimal.Decimal;
// all others as text, composites as JSON.
func (v *Value) Any() any {
	switch v.kind {
	case Null:
		return nil
	case KindInt:
		return v.Int()
	case KindUint:
		return v.Uint()
	case KindBig:
		return v.Big()
	case KindFloat:
		return v.Float()
	case KindBool:
		return v.Bool()
	case KindDate:
		year, month, day := civil(v.Days())
		return forms.Date{Year: int(year), Month: time.Month(month), Day: int(day)}
	case KindDateTime:
		return v.Time()
	case KindDecimal:
		return decimal.NewFromBigInt(v.Big(), -int32(v.typ.Scale))
	}
	return string(v.AppendText(nil))
}

const secondsPerDay = 86400

var powers = [...]int64{1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}
