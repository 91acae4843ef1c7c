package templates

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

// guard makes a function callable from templates. The result takes any values, checks and converts them to the function's own
// types (so that an integer field fits wherever an int is wanted), pays for the work and turns panics into errors in words.
func (w *work) guard(name string, function any) func(args ...any) (any, error) {
	callee := reflect.ValueOf(function)
	return func(args ...any) (result any, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = broken(name, r)
			}
		}()
		if err := w.values(args...); err != nil {
			return nil, err
		}
		in, err := arguments(name, callee.Type(), args)
		if err != nil {
			return nil, err
		}
		return w.yield(callee.Call(in))
	}
}

func (w *work) yield(out []reflect.Value) (any, error) {
	if len(out) == 2 && !out[1].IsNil() {
		return nil, out[1].Interface().(error)
	}
	result, err := settle(out[0].Interface())
	if err != nil {
		return nil, err
	}
	if text, ok := result.(string); ok && len(text) > maxString {
		return nil, errLongText
	}
	return result, w.values(result)
}

// broken is what a function's panic means to the analyst: a bad value, in words where the panic has some.
func broken(name string, r any) error {
	var bug runtime.Error
	switch r := r.(type) {
	case error:
		if !errors.As(r, &bug) {
			return r
		}
	case string:
		return errors.New(r)
	}
	return fmt.Errorf("%s cannot be used on these values", name)
}

func arguments(name string, function reflect.Type, args []any) ([]reflect.Value, error) {
	fixed := function.NumIn()
	if function.IsVariadic() {
		fixed--
	}
	if len(args) < fixed || len(args) > fixed && !function.IsVariadic() {
		return nil, fmt.Errorf("%s takes %s, and was given %d", name, count(fixed, function.IsVariadic()), len(args))
	}
	in := make([]reflect.Value, len(args))
	for i, arg := range args {
		typ := function.In(min(i, fixed, function.NumIn()-1))
		if i >= fixed {
			typ = typ.Elem()
		}
		v, ok := convert(arg, typ)
		if !ok {
			return nil, mismatch(name, typ, arg)
		}
		in[i] = v
	}
	return in, nil
}

func count(n int, more bool) string {
	words := fmt.Sprintf("%d values", n)
	if n == 1 {
		words = "1 value"
	}
	if more {
		return words + " or more"
	}
	return words
}

func mismatch(name string, want reflect.Type, arg any) error {
	if bare(arg) == nil {
		return fmt.Errorf("%s was given nothing: for a field that may be left empty, put {{ if }} around it", name)
	}
	wanted := describeKind(want.Kind())
	if want == timeType {
		wanted = "a date or time"
	}
	if want.Kind() == reflect.Int {
		wanted = "a whole number"
	}
	return fmt.Errorf("%s takes %s here, and was given %s", name, wanted, describe(arg))
}

var timeType = reflect.TypeFor[time.Time]()

// convert makes a value fit a parameter where that loses nothing.
func convert(arg any, typ reflect.Type) (reflect.Value, bool) {
	if typ.Kind() == reflect.Interface {
		if arg == nil {
			return reflect.Zero(typ), true
		}
		return reflect.ValueOf(arg), true
	}
	if typ.Kind() == reflect.Bool {
		return reflect.ValueOf(truth(arg)), true
	}
	v := bare(arg)
	if v == nil {
		return reflect.Value{}, false
	}
	if d, ok := v.(forms.Date); ok && typ == timeType {
		v = midnight(d)
	}
	from := reflect.ValueOf(v)
	switch {
	case from.Type().AssignableTo(typ):
		return from, true
	case typ.Kind() == reflect.String && from.Kind() == reflect.String:
		return from.Convert(typ), true
	case typ.Kind() == reflect.Int:
		return convertInt(v)
	case typ.Kind() == reflect.Float64:
		n, err := numberOf(v)
		return reflect.ValueOf(n.decimal.InexactFloat64()), err == nil
	default:
		return reflect.Value{}, false
	}
}

func convertInt(v any) (reflect.Value, bool) {
	n, err := numberOf(v)
	if err != nil || !n.decimal.IsInteger() || n.decimal.Abs().GreaterThan(decimal.NewFromInt(math.MaxInt32)) {
		return reflect.Value{}, false
	}
	return reflect.ValueOf(int(n.decimal.IntPart())), true
}
