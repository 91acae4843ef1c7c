package templates

import (
	"errors"
	"fmt"
	"reflect"
)

// work is what one execution may still do. Every function pays for the values it takes and yields, every loop for its rounds.
type work struct {
	bytes  int
	rounds int
}

func newWork() *work { return &work{bytes: maxWork, rounds: maxRounds} }

var errTooMuch = fmt.Errorf("the values that pass through the template are too large: more than %d MiB one, or %d MiB together", maxValue>>20, maxWork>>20)

// values pays for values; nesting that could not be written out is refused too.
func (w *work) values(values ...any) error {
	for _, v := range values {
		cost, err := size(v, maxValue, 0)
		if err != nil {
			return err
		}
		if w.bytes -= cost; cost > maxValue || w.bytes < 0 {
			return errTooMuch
		}
	}
	return nil
}

var errLongText = fmt.Errorf("this would make a text of more than %d MiB", maxString>>20)

// text pays for a text about to be made, before it takes memory.
func (w *work) text(length int) error {
	if length < 0 || length > maxString {
		return errLongText
	}
	if w.bytes -= length; w.bytes < 0 {
		return errTooMuch
	}
	return nil
}

// loop pays for the rounds of a loop about to begin.
func (w *work) loop(rounds int) error {
	if w.rounds -= rounds; rounds < 0 || w.rounds < 0 {
		return fmt.Errorf("more than %d rounds of loops", maxRounds)
	}
	return nil
}

const itemSize = 16 // what one item costs at least

var errNested = errors.New("lists are nested too deeply")

// size counts a value's bytes, and stops counting above limit.
func size(v any, limit, depth int) (int, error) {
	if depth > maxNesting {
		return 0, errNested
	}
	switch v := v.(type) {
	case string:
		return itemSize + len(v), nil
	case int, int64:
		return itemSize, nil
	case choice:
		return size(v.value, limit, depth)
	case fragment:
		return itemSize * (1 + len(v.parts)), nil
	case []any:
		return sizeOfList(v, limit, depth)
	case []string:
		total := itemSize
		for _, item := range v {
			total += itemSize + len(item)
		}
		return total, nil
	}
	r := reflect.ValueOf(v)
	switch {
	case r.Kind() == reflect.Slice && flat(r.Type().Elem().Kind()):
		return itemSize * (1 + r.Len()), nil
	case r.Kind() == reflect.Slice:
		all, _ := listOf(v)
		return sizeOfList(all, limit, depth)
	case r.Kind() == reflect.Map:
		return sizeOfMap(r, limit, depth)
	default:
		return itemSize, nil
	}
}

// flat tells of kinds whose values have all the same size.
func flat(kind reflect.Kind) bool { return kind >= reflect.Bool && kind <= reflect.Float64 }

func sizeOfList(list []any, limit, depth int) (int, error) {
	total := itemSize
	for i := 0; i < len(list) && total <= limit; i++ {
		cost, err := size(list[i], limit-total, depth+1)
		if err != nil {
			return 0, err
		}
		total += cost
	}
	return total, nil
}

func sizeOfMap(m reflect.Value, limit, depth int) (int, error) {
	total := itemSize
	for entries := m.MapRange(); entries.Next() && total <= limit; {
		cost, err := size(entries.Value().Interface(), limit-total, depth+1)
		if err != nil {
			return 0, err
		}
		total += cost + itemSize + entries.Key().Len()
	}
	return total, nil
}

// each is what a loop goes over, paid for.
func (w *work) each(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case period:
		return nil, errors.New("a date range cannot be looped over")
	case zeroDecimal:
		return 0, nil
	case int, int64, uint64:
		n, err := numberOf(v)
		if err != nil || n.decimal.IsNegative() {
			return 0, err
		}
		if !n.decimal.BigInt().IsInt64() || n.decimal.IntPart() > maxRounds {
			return nil, w.loop(maxRounds + 1)
		}
		return int(n.decimal.IntPart()), w.loop(int(n.decimal.IntPart()))
	}
	rounds, err := length(v)
	if _, isText := v.(string); isText || err != nil {
		return nil, fmt.Errorf("range goes over a list, and was given %s", describe(v))
	}
	return v, w.loop(rounds)
}
