package export

import (
	"cmp"
	"math"
	"math/big"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// maxDistinct is how many bytes the values of uniq may take.
const maxDistinct = 64 << 20

// noValue stands for NULL where a name is needed.
const noValue = "(no value)"

// keys are the different values of a column, in the order they first appear in.
type keys struct {
	at      map[string]int
	values  []any
	texts   []string
	most    int  // how many there may be
	left    bool // there were more
	scratch []byte
}

func newKeys(most int) *keys { return &keys{at: map[string]int{}, most: most} }

// index finds the value's place, or makes one while there may be more; always a new one when apart is set.
func (k *keys) index(v *rowbinary.Value, apart bool) (at int, ok bool) {
	k.scratch = append(k.scratch[:0], 'v')
	if v.IsNull() {
		k.scratch[0] = 'n'
	}
	k.scratch = v.AppendText(k.scratch)
	if at, ok := k.at[string(k.scratch)]; ok && !apart {
		return at, true
	}
	if len(k.values) >= k.most {
		k.left = true
		return 0, false
	}
	name := string(k.scratch[1:])
	if v.IsNull() {
		name = noValue
	}
	at = len(k.values)
	k.values = append(k.values, v.Any())
	k.texts = append(k.texts, name)
	if !apart {
		k.at[string(k.scratch)] = at
	}
	return at, true
}

// accumulator computes one measure of one group. Exact numbers are added as integers without their point.
type accumulator struct {
	n        int64
	whole    int64
	big      *big.Int // what whole does not hold
	float    float64
	lost     float64 // what rounding took from float (Neumaier's sum)
	distinct map[string]struct{}
}

func (a *accumulator) add(m *measure, row []rowbinary.Value, distinct *int) error {
	if m.at < 0 {
		a.n++
		return nil
	}
	v := &row[m.at]
	if v.IsNull() {
		return nil
	}
	if m.Function == "uniq" {
		return a.addDistinct(m, v, distinct)
	}
	a.n++
	if m.scale < 0 {
		a.addFloat(m.Function, v.Float())
		return nil
	}
	if whole, ok := v.Small(); ok && a.big == nil {
		a.addWhole(m.Function, whole)
	} else {
		a.addBig(m.Function, v.Big())
	}
	return nil
}

func (a *accumulator) addDistinct(m *measure, v *rowbinary.Value, distinct *int) error {
	if a.distinct == nil {
		a.distinct = map[string]struct{}{}
	}
	key := string(v.AppendText(nil))
	if _, ok := a.distinct[key]; ok {
		return nil
	}
	a.distinct[key] = struct{}{}
	a.n++
	if *distinct += len(key) + 48; *distinct > maxDistinct {
		return fault.New(fault.Limit, "%s has too many different values for a chart; compute it in SQL", m.Text)
	}
	return nil
}

func (a *accumulator) addWhole(function string, x int64) {
	switch function {
	case "min":
		if a.n == 1 || x < a.whole {
			a.whole = x
		}
	case "max":
		if a.n == 1 || x > a.whole {
			a.whole = x
		}
	case "":
		a.whole = x
	default:
		sum := a.whole + x
		if (sum > a.whole) != (x > 0) && x != 0 { // overflow
			a.addBig(function, big.NewInt(x))
			return
		}
		a.whole = sum
	}
}

func (a *accumulator) addBig(function string, x *big.Int) {
	current := a.exact()
	switch {
	case function == "sum" || function == "avg":
		x = new(big.Int).Add(current, x)
	case function == "min" && a.n > 1 && current.Cmp(x) < 0, function == "max" && a.n > 1 && current.Cmp(x) > 0:
		x = current
	}
	a.whole, a.big = 0, x
}

func (a *accumulator) exact() *big.Int {
	sum := big.NewInt(a.whole)
	if a.big != nil {
		sum.Add(sum, a.big)
	}
	return sum
}

func (a *accumulator) addFloat(function string, x float64) {
	switch {
	case function == "min" && a.n > 1:
		a.float = math.Min(a.float, x)
	case function == "max" && a.n > 1:
		a.float = math.Max(a.float, x)
	case function == "sum" || function == "avg":
		sum := a.float + x
		if math.Abs(a.float) >= math.Abs(x) {
			a.lost += (a.float - sum) + x
		} else {
			a.lost += (x - sum) + a.float
		}
		a.float = sum
	default:
		a.float = x
	}
}

// value is the measure's result; nil when no row had a value.
func (a *accumulator) value(m *measure) any {
	switch {
	case m.Function == "count" || m.Function == "uniq":
		return decimal.NewFromInt(a.n)
	case a.n == 0:
		return nil
	case m.scale < 0:
		sum := a.float
		if a.lost-a.lost == 0 && !math.IsInf(sum, 0) {
			sum += a.lost
		}
		if m.Function == "avg" {
			sum /= float64(a.n)
		}
		return sum
	case m.Function == "avg":
		mean, _ := new(big.Rat).SetFrac(a.exact(), new(big.Int).Mul(big.NewInt(a.n), tenTo(m.scale))).Float64()
		return mean
	}
	return decimal.NewFromBigInt(a.exact(), -int32(m.scale))
}

func tenTo(scale int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
}

// compare orders points of one column: numbers, days or moments; NULL comes first.
func compare(a, b any) int {
	if a == nil || b == nil {
		return cmp.Compare(btoi(a != nil), btoi(b != nil))
	}
	switch a := a.(type) {
	case time.Time:
		return a.Compare(b.(time.Time))
	case forms.Date:
		return cmp.Compare(ordinal(a), ordinal(b.(forms.Date)))
	case float64:
		return cmp.Compare(a, b.(float64))
	}
	return toDecimal(a).Cmp(toDecimal(b))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func ordinal(d forms.Date) int { return (d.Year*16+int(d.Month))*32 + d.Day }

func toDecimal(n any) decimal.Decimal {
	switch n := n.(type) {
	case int64:
		return decimal.NewFromInt(n)
	case uint64:
		return decimal.NewFromUint64(n)
	case *big.Int:
		return decimal.NewFromBigInt(n, 0)
	case decimal.Decimal:
		return n
	}
	return decimal.Zero
}
