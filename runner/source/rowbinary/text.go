package rowbinary

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
)

// AppendText appends the value as ClickHouse writes it in TabSeparatedRaw, and composites as JSON. A NULL appends nothing.
func (v *Value) AppendText(dst []byte) []byte {
	switch v.kind {
	case KindString, KindJSON:
		return append(dst, v.raw...)
	case KindInt:
		return strconv.AppendInt(dst, int64(v.num), 10)
	case KindUint:
		return strconv.AppendUint(dst, v.num, 10)
	case KindBig:
		return v.appendBig(dst)
	case KindFloat:
		return v.appendFloat(dst)
	case KindBool:
		return strconv.AppendBool(dst, v.num != 0)
	case KindDate:
		return AppendDate(dst, int64(v.num))
	case KindDateTime:
		seconds, nanos := v.Wall()
		return AppendDateTime(dst, seconds, nanos, v.typ.Precision)
	case KindTime:
		return v.appendTime(dst)
	case KindDecimal:
		return v.appendDecimal(dst)
	case KindUUID:
		return appendUUID(dst, v.raw)
	case KindIP:
		return v.IP().AppendTo(dst)
	case KindComposite:
		return v.AppendJSON(dst)
	}
	return dst
}

func (v *Value) appendBig(dst []byte) []byte {
	if n, ok := small(v.raw, v.typ.Code == Int128 || v.typ.Code == Int256); ok {
		return strconv.AppendInt(dst, n, 10)
	}
	return v.Big().Append(dst, 10)
}

// appendFloat writes the shortest decimal that reads back as the same number, with an exponent below 1e-6 and from 1e21 on.
func (v *Value) appendFloat(dst []byte) []byte {
	f, bits, low, high := v.Float(), 64, 1e-6, 1e21
	if v.typ.Code != Float64 {
		bits, low, high = 32, float64(float32(1e-6)), float64(float32(1e21))
	}
	switch size := math.Abs(f); {
	case math.IsNaN(f):
		return append(dst, "nan"...)
	case math.IsInf(f, 1):
		return append(dst, "inf"...)
	case math.IsInf(f, -1):
		return append(dst, "-inf"...)
	case f == 0 || size >= low && size < high:
		return strconv.AppendFloat(dst, f, 'f', -1, bits)
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, bits)
	return plainExponent(dst)
}

// plainExponent makes 1e-07 and 1e+21 to 1e-7 and 1e21.
func plainExponent(text []byte) []byte {
	e := len(text) - 1
	for text[e] != 'e' {
		e--
	}
	digits := text[e+2:]
	out := text[:e+1]
	if text[e+1] == '-' {
		out = append(out, '-')
	}
	if digits[0] == '0' {
		digits = digits[1:]
	}
	return append(out, digits...)
}

// AppendDate appends yyyy-mm-dd.
func AppendDate(dst []byte, days int64) []byte {
	year, month, day := civil(days)
	dst = appendPadded(dst, year, 4)
	dst = append(dst, '-')
	dst = appendPadded(dst, month, 2)
	dst = append(dst, '-')
	return appendPadded(dst, day, 2)
}

// AppendDateTime appends yyyy-mm-dd hh:mm:ss and as many digits of the nanoseconds as precision says.
func AppendDateTime(dst []byte, wall, nanos int64, precision int) []byte {
	days := floorDiv(wall, secondsPerDay)
	dst = AppendDate(dst, days)
	dst = append(dst, ' ')
	return appendClock(dst, wall-days*secondsPerDay, nanos, precision)
}

func appendClock(dst []byte, seconds, nanos int64, precision int) []byte {
	dst = appendPadded(dst, seconds/3600, 2)
	dst = append(dst, ':')
	dst = appendPadded(dst, seconds/60%60, 2)
	dst = append(dst, ':')
	dst = appendPadded(dst, seconds%60, 2)
	if precision > 0 {
		dst = append(dst, '.')
		dst = appendPadded(dst, nanos/powers[9-precision], precision)
	}
	return dst
}

func (v *Value) appendTime(dst []byte) []byte {
	seconds, nanos := v.Wall()
	if seconds < 0 || nanos < 0 {
		dst = append(dst, '-')
		seconds, nanos = -seconds, -nanos
	}
	return appendClock(dst, seconds, nanos, v.typ.Precision)
}

// appendPadded appends n with zeros before it up to the width.
func appendPadded(dst []byte, n int64, width int) []byte {
	if n < 0 {
		dst = append(dst, '-')
		n = -n
	}
	start := len(dst)
	dst = strconv.AppendInt(dst, n, 10)
	if missing := width - (len(dst) - start); missing > 0 {
		dst = append(dst, "000000000"[:missing]...)
		copy(dst[start+missing:], dst[start:])
		copy(dst[start:], "000000000"[:missing])
	}
	return dst
}

// appendDecimal writes all digits, without zeros at the end of the fraction.
func (v *Value) appendDecimal(dst []byte) []byte {
	start := len(dst)
	dst = v.appendUnscaled(dst)
	if dst[start] == '-' {
		start++
	}
	scale := v.typ.Scale
	if missing := scale + 1 - (len(dst) - start); missing > 0 { // at least one digit before the point
		var zeros [80]byte
		for i := range zeros {
			zeros[i] = '0'
		}
		dst = append(dst, zeros[:missing]...)
		copy(dst[start+missing:], dst[start:])
		copy(dst[start:], zeros[:missing])
	}
	point := len(dst) - scale
	end := len(dst)
	for end > point && dst[end-1] == '0' {
		end--
	}
	if end == point {
		return dst[:point]
	}
	dst = append(dst[:end], 0)
	copy(dst[point+1:], dst[point:end])
	dst[point] = '.'
	return dst
}

func (v *Value) appendUnscaled(dst []byte) []byte {
	if v.raw == nil {
		return strconv.AppendInt(dst, int64(v.num), 10)
	}
	if n, ok := small(v.raw, true); ok {
		return strconv.AppendInt(dst, n, 10)
	}
	return v.Big().Append(dst, 10)
}

// appendUUID undoes ClickHouse's order: two little-endian halves, the first one first.
func appendUUID(dst, raw []byte) []byte {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], binary.LittleEndian.Uint64(raw[:8]))
	binary.BigEndian.PutUint64(b[8:], binary.LittleEndian.Uint64(raw[8:]))
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, part)
	}
	return dst
}
