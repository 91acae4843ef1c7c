package forms

// measure is how values of a kind are compared with min and max, and what is said when they are beyond.
type measure[T any] struct {
	compare   func(a, b T) int
	show      func(T) string
	low, high string // codes, whose arguments are the bound and the value
}

// bounds are a field's min and max, read as its values are; nil for none.
type bounds[T any] struct {
	measure[T]
	min, max *T
}

func readBounds[T any](f *Field, m measure[T], read func(string) (T, error)) (bounds[T], error) {
	b := bounds[T]{measure: m}
	var err error
	if b.min, err = readBound(f.Min, read); err != nil {
		return b, f.misdeclared("min", err)
	}
	if b.max, err = readBound(f.Max, read); err != nil {
		return b, f.misdeclared("max", err)
	}
	return b, nil
}

func readBound[T any](raw any, read func(string) (T, error)) (*T, error) {
	text, err := one(raw)
	if err != nil || text == "" {
		return nil, err
	}
	bound, err := read(text)
	if err != nil {
		return nil, err
	}
	return &bound, nil
}

func (b bounds[T]) check(value T) error {
	if b.min != nil && b.compare(value, *b.min) < 0 {
		return mistakef(b.low, shown[T]{b.show, *b.min}, shown[T]{b.show, value})
	}
	if b.max != nil && b.compare(value, *b.max) > 0 {
		return mistakef(b.high, shown[T]{b.show, *b.max}, shown[T]{b.show, value})
	}
	return nil
}

// shown puts off the words until a message needs them.
type shown[T any] struct {
	show  func(T) string
	value T
}

func (s shown[T]) String() string { return s.show(s.value) }

func (s shown[T]) argument() any {
	switch value := any(s.value).(type) {
	case int:
		return value
	case integer:
		return recorded(value.value())
	}
	return s.String()
}

// bounded reads one value and holds it against the field's bounds.
func bounded[T any](f *Field, m measure[T], text string, read func(string) (T, error)) (value T, err error) {
	limits, err := readBounds(f, m, read)
	if err != nil {
		return value, err
	}
	if value, err = read(text); err != nil {
		return value, err
	}
	return value, limits.check(value)
}
