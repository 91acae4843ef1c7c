package forms

import (
	"iter"
	"slices"
	"strings"
)

// DefaultMaxItems is how many values a list takes when its field does not say.
const DefaultMaxItems = 1_000_000

const namedMistakes = 3 // wrong values of a list that a message tells one by one

func (f *Field) maxItems() int {
	if f.MaxItems > 0 {
		return f.MaxItems
	}
	return DefaultMaxItems
}

// list reads many values. A raw list is taken item by item; a text is split as [split] says. Items are trimmed, blanks and
// repetitions dropped; whole numbers repeat when they are the same number. How many were repeated is returned too.
func list(f *Field, raw any) (data any, repeated int, err error) {
	switch f.Of {
	case Text, "":
		words, repeated, err := gather(f, raw, textReader)
		if err != nil || len(words) == 0 {
			return nil, 0, err
		}
		return words, repeated, nil
	case Integer:
		numbers, repeated, err := gather(f, raw, integerReader)
		if err != nil || len(numbers) == 0 {
			return nil, 0, err
		}
		data, err = integerValues(numbers)
		return data, repeated, err
	}
	return nil, 0, f.misdeclared("of", cannotBe(f.Of))
}

func integerReader(f *Field) (func(string) (integer, error), error) {
	limits, err := readBounds(f, integers, plainInteger)
	if err != nil {
		return nil, err
	}
	fits, err := f.patternCheck()
	if err != nil {
		return nil, err
	}
	return func(text string) (integer, error) {
		n, err := plainInteger(text)
		if err != nil {
			return n, err
		}
		if err := limits.check(n); err != nil {
			return n, err
		}
		return n, fits(text)
	}, nil
}

func gather[T comparable](f *Field, raw any, reader func(*Field) (func(string) (T, error), error)) ([]T, int, error) {
	read, err := reader(f)
	if err != nil {
		return nil, 0, err
	}
	count, items, err := listTexts(f, raw)
	if err != nil {
		return nil, 0, err
	}
	c := newCollector(read, f.maxItems(), count)
	for text, err := range items {
		c.add(text, err)
	}
	return c.items, c.repeated, c.mistake()
}

// listTexts are the items of a raw value and about how many there are.
func listTexts(f *Field, raw any) (count int, items iter.Seq2[string, error], err error) {
	if items, ok := raw.([]any); ok && f.Of == Integer {
		raw = mapped(items, jsonInteger)
	}
	if count, items, ok := listItems(raw); ok {
		return count, items, nil
	}
	text, err := scalar(raw)
	if err != nil {
		return 0, nil, err
	}
	separators := separatorsOf(text, f.Of)
	return strings.Count(text, "\n") + 1, func(yield func(string, error) bool) {
		for item := range split(text, separators) {
			if !yield(item, nil) {
				return
			}
		}
	}, nil
}

// collector reads items and keeps the distinct ones up to a limit; beyond it, items are only counted.
type collector[T comparable] struct {
	read     func(string) (T, error)
	limit    int
	items    []T
	seen     map[T]struct{}
	position int // of items that are not blank
	repeated int
	excess   int
	wrong    wrongItems
}

func newCollector[T comparable](read func(string) (T, error), limit, expected int) *collector[T] {
	size := min(limit, expected)
	return &collector[T]{read: read, limit: limit, items: make([]T, 0, size), seen: make(map[T]struct{}, size)}
}

func (c *collector[T]) add(text string, err error) {
	text = strings.TrimSpace(text)
	if text == "" && err == nil {
		return
	}
	c.position++
	var item T
	if err == nil {
		item, err = c.read(text)
	}
	if err != nil {
		c.wrong.add(c.position, text, err)
		return
	}
	c.keep(item)
}

func (c *collector[T]) keep(item T) {
	if len(c.items) == c.limit {
		if _, repeated := c.seen[item]; repeated {
			c.repeated++
		} else {
			c.excess++
		}
		return
	}
	c.seen[item] = struct{}{}
	if len(c.seen) == len(c.items) {
		c.repeated++
		return
	}
	c.items = append(c.items, item)
}

func (c *collector[T]) mistake() error {
	if c.excess > 0 {
		return mistakef("max_items", count(c.limit), count(c.limit+c.excess))
	}
	if c.wrong.count == 0 {
		return nil
	}
	return &c.wrong
}

const (
	lineSeparators = "\n\r\t"
	anySeparator   = "\n\r\t,;"
)

// separatorsOf decides what parts the items of a text. Whole numbers stand apart at newlines, tabs, commas and semicolons. Texts in
// more than one line stand apart at newlines and tabs, so that a comma stays within its line; in a single line they do as numbers.
func separatorsOf(text string, of Kind) string {
	if of == Integer || !strings.ContainsAny(strings.TrimSpace(text), "\n\r") {
		return anySeparator
	}
	for rest := pasted(text); rest != ""; {
		_, end := firstItem(rest, anySeparator)
		if end < len(rest) && strings.IndexByte("\n\r", rest[end]) >= 0 {
			return lineSeparators
		}
		rest = rest[min(end+1, len(rest)):]
	}
	return anySeparator
}

// pasted is the text without what spreadsheets put around it: a byte order mark, blank lines.
func pasted(text string) string { return strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")) }

// split yields the items of a text. An item in double quotes may hold separators and newlines, and quotes written twice, as
// spreadsheets and CSV files have it; quotes that do not enclose an item are part of it.
func split(text, separators string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest := pasted(text); rest != ""; {
			content, end := firstItem(rest, separators)
			if !yield(content) {
				return
			}
			rest = rest[min(end+1, len(rest)):]
		}
	}
}

// firstItem is the first item of the text and where the separator after it stands.
func firstItem(text, separators string) (content string, end int) {
	if start := strings.TrimLeft(text, " "); strings.HasPrefix(start, `"`) {
		at := len(text) - len(start)
		if content, length, ok := quotedItem(start, separators); ok {
			return content, at + length
		}
	}
	end = strings.IndexAny(text, separators)
	if end < 0 {
		end = len(text)
	}
	return text[:end], end
}

// quotedItem reads `"a ""b"", c"`; ok is false when the quotes do not close before a separator or the end.
func quotedItem(text, separators string) (content string, length int, ok bool) {
	for i := 1; i < len(text); i++ {
		next := strings.IndexByte(text[i:], '"')
		if next < 0 {
			return "", 0, false
		}
		if i += next; i+1 < len(text) && text[i+1] == '"' {
			i++
			continue
		}
		rest := strings.TrimLeft(text[i+1:], " ")
		if rest != "" && !slices.Contains([]byte(separators), rest[0]) {
			return "", 0, false
		}
		return strings.ReplaceAll(text[1:i], `""`, `"`), len(text) - len(rest), true
	}
	return "", 0, false
}
