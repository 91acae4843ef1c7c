package rowbinary

import (
	"fmt"
	"reflect"
)

// encoder appends one value, or tells why it is none of the column's type.
type encoder func(buf []byte, value any) ([]byte, error)

// encoderFor chooses by type. It takes these values:
//
//	String, FixedString(N)          string, []byte
//	Bool                            bool
//	Int8 … Int256, UInt8 … UInt256  any of Go's integers, *big.Int
//	Float32, Float64                float64, float32
//	Decimal(P, S)                   decimal.Decimal that fits without rounding
//	Date, Date32                    forms.Date
//	DateTime, DateTime64(S)         time.Time that fits without rounding
//	UUID                            uuid.UUID, [16]byte
//	Array(T)                        a slice of values as T
//	Tuple(…)                        []any
//	Map(K, V)                       a map of values as K and V
//	Nullable(T)                     nil, or as T
func encoderFor(t *Type) (encoder, error) {
	encode, err := notNullEncoder(t)
	if err != nil || !t.Nullable {
		return encode, err
	}
	return func(buf []byte, value any) ([]byte, error) {
		if value == nil {
			return AppendNull(buf), nil
		}
		return encode(AppendNotNull(buf), value)
	}, nil
}

func notNullEncoder(t *Type) (encoder, error) {
	switch t.Code {
	case FixedString:
		return fixedStringEncoder(t.Length), nil
	case Decimal32, Decimal64, Decimal128, Decimal256:
		return decimalEncoder(t.Precision, t.Scale), nil
	case DateTime64:
		return dateTime64Encoder(t.Precision), nil
	case Array:
		return arrayEncoder(t.Args[0])
	case Tuple:
		return tupleEncoder(t.Args)
	case Map:
		return mapEncoder(t.Args[0], t.Args[1])
	}
	if encode, ok := plainEncoders[t.Code]; ok {
		return encode, nil
	}
	return nil, fmt.Errorf("no rows can be written of type %s", t.Name)
}

func arrayEncoder(element *Type) (encoder, error) {
	inner, err := encoderFor(element)
	if err != nil {
		return nil, err
	}
	return func(buf []byte, value any) ([]byte, error) {
		list := reflect.ValueOf(value)
		if list.Kind() != reflect.Slice {
			return nil, mismatch(value, "a list")
		}
		buf = AppendLength(buf, list.Len())
		for i := range list.Len() {
			var err error
			if buf, err = inner(buf, list.Index(i).Interface()); err != nil {
				return nil, fmt.Errorf("element %d: %w", i+1, err)
			}
		}
		return buf, nil
	}, nil
}

func tupleEncoder(elements []*Type) (encoder, error) {
	inner := make([]encoder, len(elements))
	for i, element := range elements {
		encode, err := encoderFor(element)
		if err != nil {
			return nil, err
		}
		inner[i] = encode
	}
	return func(buf []byte, value any) ([]byte, error) {
		parts, ok := value.([]any)
		if !ok || len(parts) != len(inner) {
			return nil, mismatch(value, fmt.Sprintf("a []any of %d values", len(inner)))
		}
		for i, part := range parts {
			var err error
			if buf, err = inner[i](buf, part); err != nil {
				return nil, fmt.Errorf("element %d: %w", i+1, err)
			}
		}
		return buf, nil
	}, nil
}

func mapEncoder(k, v *Type) (encoder, error) {
	key, err := encoderFor(k)
	if err != nil {
		return nil, err
	}
	val, err := encoderFor(v)
	if err != nil {
		return nil, err
	}
	return func(buf []byte, value any) ([]byte, error) {
		entries := reflect.ValueOf(value)
		if entries.Kind() != reflect.Map {
			return nil, mismatch(value, "a map")
		}
		buf = AppendLength(buf, entries.Len())
		for it := entries.MapRange(); it.Next(); {
			var err error
			if buf, err = key(buf, it.Key().Interface()); err != nil {
				return nil, fmt.Errorf("a key: %w", err)
			}
			if buf, err = val(buf, it.Value().Interface()); err != nil {
				return nil, fmt.Errorf("the value of %v: %w", it.Key(), err)
			}
		}
		return buf, nil
	}, nil
}
