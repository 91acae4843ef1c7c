package rowbinary

import (
	"encoding/json"
	"math"
	"strings"
	"time"
)

// Plain is the value as encoding/json writes it without loss and every reader of JSON takes it: nil, bool, string, int64 and uint64 of
// at most 32 bits, float64, and float32 where the column is no wider. Integers from 64 bits on, decimals, UUIDs, addresses, nan and inf
// are strings; days are yyyy-mm-dd, moments RFC 3339 with the digits of their type, in the column's zone or else in the one given (UTC
// when nil); an Array, Tuple, Map or JSON is a json.RawMessage of such values, in their order.
func (v *Value) Plain(zone *time.Location) any {
	switch v.kind {
	case Null:
		return nil
	case KindBool:
		return v.Bool()
	case KindInt:
		if v.typ.Code < Int64 {
			return v.Int()
		}
	case KindUint:
		if v.typ.Code < UInt64 {
			return v.Uint()
		}
	case KindFloat:
		if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return v.narrow(f)
		}
	case KindDateTime:
		return v.isoTime(zone)
	case KindJSON:
		if json.Valid(v.raw) {
			return json.RawMessage(append([]byte{}, v.raw...))
		}
	case KindComposite:
		w := v.decode()
		return json.RawMessage(w.appendComposite(nil, v.typ, func(dst []byte, v *Value) []byte { return v.appendPlain(dst, zone) }))
	}
	return strings.ToValidUTF8(string(v.AppendText(nil)), "\uFFFD")
}

// narrow keeps the fewer digits that tell a Float32 apart.
func (v *Value) narrow(f float64) any {
	if v.typ.Code == Float64 {
		return f
	}
	return float32(f)
}

func (v *Value) appendPlain(dst []byte, zone *time.Location) []byte {
	switch plain := v.Plain(zone).(type) {
	case string:
		return appendQuoted(dst, []byte(plain))
	case json.RawMessage:
		return append(dst, plain...)
	case nil:
		return append(dst, "null"...)
	}
	return v.AppendText(dst) // a number or bool, which text and JSON write alike
}

// isoTime is in UTC where the zone's offset has seconds, which RFC 3339 cannot write.
func (v *Value) isoTime(zone *time.Location) string {
	switch {
	case v.typ.Zone != nil:
		zone = v.typ.Zone
	case zone == nil:
		zone = time.UTC
	}
	t := v.Time().In(zone)
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC()
	}
	layout := "2006-01-02T15:04:05"
	if v.typ.Code == DateTime64 && v.typ.Precision > 0 {
		layout += "." + strings.Repeat("0", v.typ.Precision)
	}
	return t.Format(layout + "Z07:00")
}
