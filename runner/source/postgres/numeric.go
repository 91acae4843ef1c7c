package postgres

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// The sign field of a numeric.
const (
	numericPositive = 0x0000
	numericNegative = 0x4000
)

// decimalScalar turns a numeric, which is groups of four decimal digits, to an integer of units of 10⁻ˢ. It never rounds.
func decimalScalar(precision, scale int) scalar {
	bytes := rowbinary.DecimalBytes(precision)
	limit := power(precision)
	return func(buf, wire []byte) ([]byte, error) {
		if len(wire) < 8 || len(wire) != 8+2*int(binary.BigEndian.Uint16(wire)) {
			return nil, errWire
		}
		sign := binary.BigEndian.Uint16(wire[4:])
		if sign != numericPositive && sign != numericNegative {
			return nil, errors.New("NaN and infinity are no decimals: cast the column, price::float8 or price::text, or leave them out, nullif(price, 'NaN')")
		}
		// exponent is that of the last group, in decimal digits.
		groups, weight := wire[8:], int(int16(binary.BigEndian.Uint16(wire[2:])))
		exponent := 4 * (weight - len(groups)/2 + 1)
		if precision <= 18 {
			if n, ok := smallUnits(groups, exponent+scale); ok && n < int64(math.Pow10(precision)) {
				if sign == numericNegative {
					n = -n
				}
				return appendLow(buf, n, bytes), nil
			}
		}
		n, ok := bigUnits(groups, exponent+scale)
		if !ok || n.Cmp(limit) >= 0 {
			return nil, fmt.Errorf("the number does not fit numeric(%d,%d); cast the column to another precision or to text", precision, scale)
		}
		if sign == numericNegative {
			n.Neg(n)
		}
		return rowbinary.AppendInteger(buf, n, bytes), nil
	}
}

func appendLow(buf []byte, n int64, bytes int) []byte {
	if bytes == 4 {
		return binary.LittleEndian.AppendUint32(buf, uint32(int32(n)))
	}
	return binary.LittleEndian.AppendUint64(buf, uint64(n))
}

// smallUnits is groups × 10^shift when that is an integer that an int64 surely holds.
func smallUnits(groups []byte, shift int) (n int64, ok bool) {
	if len(groups) == 0 {
		return 0, true
	}
	if len(groups) > 8 || shift < -3 || 2*len(groups)+shift > 18 {
		return 0, false
	}
	for i := 0; i < len(groups); i += 2 {
		n = n*10000 + int64(binary.BigEndian.Uint16(groups[i:]))
	}
	for ; shift > 0; shift-- {
		n *= 10
	}
	for ; shift < 0; shift++ {
		if n%10 != 0 {
			return 0, false
		}
		n /= 10
	}
	return n, true
}

// bigUnits is groups × 10^shift, unless that is no integer or beyond any Decimal.
func bigUnits(groups []byte, shift int) (*big.Int, bool) {
	n := new(big.Int)
	if len(groups) == 0 {
		return n, true
	}
	// The first group is never zero, so that more digits than these are too many, and none are a fraction.
	if digits := 2*len(groups) + shift; digits > 80 || digits <= 0 {
		return nil, false
	}
	var group big.Int
	for i := 0; i < len(groups); i += 2 {
		n.Mul(n, tenThousand)
		n.Add(n, group.SetUint64(uint64(binary.BigEndian.Uint16(groups[i:]))))
	}
	if shift >= 0 {
		return n.Mul(n, power(shift)), true
	}
	rest := new(big.Int)
	n.QuoRem(n, power(-shift), rest)
	return n, rest.Sign() == 0
}

var tenThousand = big.NewInt(10000)

// powers of ten, of which a value of each row may need one.
var powers = func() (out [100]*big.Int) {
	for i := range out {
		out[i] = new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(i)), nil)
	}
	return out
}()

// power must not be changed.
func power(n int) *big.Int {
	if n < len(powers) {
		return powers[n]
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
