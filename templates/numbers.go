package templates

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strings"

	"github.com/shopspring/decimal"
)

// Arithmetic is exact: sprig's own would take a decimal, or a text, for 0.

// number is a numeric value on its way through arithmetic: exact, and of the widest kind that took part.
type number struct {
	decimal decimal.Decimal
	kind    numberKind
}

type numberKind int

const (
	whole numberKind = iota
	exact
	float
)

var errFloat = errors.New("NaN and infinity are not numbers to calculate with")

func numberOf(v any) (number, error) {
	switch v := bare(v).(type) {
	case decimal.Decimal:
		return number{v, exact}, nil
	case *big.Int:
		return number{decimal.NewFromBigInt(v, 0), whole}, nil
	case nil:
		return number{}, errors.New("nothing is not a number: for a field that may be left empty, put {{ if }} around it")
	default:
		return reflectNumber(v)
	}
}

func reflectNumber(v any) (number, error) {
	r := reflect.ValueOf(v)
	switch {
	case r.CanInt():
		return number{decimal.NewFromInt(r.Int()), whole}, nil
	case r.CanUint():
		return number{decimal.NewFromUint64(r.Uint()), whole}, nil
	case r.CanFloat():
		if math.IsNaN(r.Float()) || math.IsInf(r.Float(), 0) {
			return number{}, errFloat
		}
		return number{decimal.NewFromFloat(r.Float()), float}, nil
	default:
		return number{}, fmt.Errorf("%s is not a number", describe(v))
	}
}

// parsed is numberOf, and reads a number from text too.
func parsed(v any) (number, error) {
	text, ok := bare(v).(string)
	if !ok {
		return numberOf(v)
	}
	if len(text) > maxDigits {
		return number{}, fmt.Errorf("a text of %d characters is not a number", len(text))
	}
	d, err := decimal.NewFromString(strings.TrimSpace(text))
	if err != nil {
		return number{}, fmt.Errorf("%q is not a number", text)
	}
	if _, err := settle(d); err != nil {
		return number{}, err
	}
	return number{d, exact}, nil
}

// value is the number as templates hold it: int64 or uint64 for whole ones.
func (n number) value() (any, error) {
	switch {
	case n.kind == float:
		return n.decimal.InexactFloat64(), nil
	case n.kind == exact:
		return n.decimal, nil
	case n.decimal.BigInt().IsInt64():
		return n.decimal.IntPart(), nil
	case n.decimal.BigInt().IsUint64():
		return n.decimal.BigInt().Uint64(), nil
	default:
		return nil, errors.New("the result is too large for a whole number of 64 bits")
	}
}

type operation func(a, b decimal.Decimal) (decimal.Decimal, error)

// fold calculates over two values or more, from the left. With fraction, whole numbers may yield one that is not.
func fold(op operation, fraction bool) func(first any, rest ...any) (any, error) {
	return func(first any, rest ...any) (any, error) {
		total, err := numberOf(first)
		if err != nil {
			return nil, err
		}
		if fraction {
			total.kind = max(total.kind, exact)
		}
		for _, v := range rest {
			n, err := numberOf(v)
			if err != nil {
				return nil, err
			}
			if total.decimal, err = op(total.decimal, n.decimal); err != nil {
				return nil, err
			}
			total.kind = max(total.kind, n.kind)
			if _, err := settle(total.decimal); err != nil {
				return nil, err
			}
		}
		return total.value()
	}
}

var errZero = errors.New("division by zero")

func add(a, b decimal.Decimal) (decimal.Decimal, error) { return a.Add(b), nil }
func sub(a, b decimal.Decimal) (decimal.Decimal, error) { return a.Sub(b), nil }
func mul(a, b decimal.Decimal) (decimal.Decimal, error) { return a.Mul(b), nil }

func larger(a, b decimal.Decimal) (decimal.Decimal, error)  { return decimal.Max(a, b), nil }
func smaller(a, b decimal.Decimal) (decimal.Decimal, error) { return decimal.Min(a, b), nil }

func div(a, b decimal.Decimal) (decimal.Decimal, error) {
	if b.IsZero() {
		return decimal.Zero, errZero
	}
	return a.DivRound(b, 16), nil
}

// divWhole drops the remainder, as sprig's div does.
func divWhole(a, b decimal.Decimal) (decimal.Decimal, error) {
	if b.IsZero() {
		return decimal.Zero, errZero
	}
	quotient, _ := a.QuoRem(b, 0)
	return quotient, nil
}

func mod(a, b decimal.Decimal) (decimal.Decimal, error) {
	if b.IsZero() {
		return decimal.Zero, errZero
	}
	return a.Mod(b), nil
}

func addOne(v any) (any, error) { return fold(add, false)(v, 1) }

func rounding(round func(decimal.Decimal) decimal.Decimal) func(v any) (any, error) {
	return func(v any) (any, error) {
		n, err := numberOf(v)
		if err != nil {
			return nil, err
		}
		n.decimal = round(n.decimal)
		return n.value()
	}
}

// round rounds half away from zero to so many places.
func round(v any, places int) (any, error) {
	if places < -30 || places > 30 {
		return nil, errors.New("round takes from -30 to 30 places")
	}
	return rounding(func(d decimal.Decimal) decimal.Decimal { return d.Round(int32(places)) })(v)
}

func toWhole(v any) (any, error) {
	n, err := parsed(v)
	if err != nil {
		return nil, err
	}
	return number{n.decimal.Truncate(0), whole}.value()
}

func toFloat(v any) (float64, error) {
	n, err := parsed(v)
	return n.decimal.InexactFloat64(), err
}
