package forms

import (
	"errors"
	"strconv"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/words"
)

// wrongItems is the mistake that items of a list are wrong, of which the first few are kept.
type wrongItems struct {
	count int
	first []wrongItem
}

type wrongItem struct {
	position int // from 1
	text     string
	err      error
}

func (w *wrongItems) add(position int, text string, err error) {
	if w.count++; w.count <= namedMistakes {
		w.first = append(w.first, wrongItem{position, text, err})
	}
}

func (w *wrongItems) Error() string {
	named := mapped(w.first, func(item wrongItem) string { return "value " + words.Grouped(item.position) + " " + item.err.Error() })
	sentence := strings.Join(named, "; ")
	if more := w.count - len(w.first); more > 0 {
		sentence += "; and " + words.Grouped(more) + " more"
	}
	if w.count == 1 {
		return "has a wrong value: " + sentence
	}
	return "has " + words.Grouped(w.count) + " wrong values: " + sentence
}

func (w *wrongItems) told() (code string, arguments map[string]any) {
	arguments = map[string]any{
		"count":     w.count,
		"positions": mapped(w.first, func(item wrongItem) string { return strconv.Itoa(item.position) }),
		"given":     mapped(w.first, func(item wrongItem) string { return clip(item.text) }),
	}
	shared, of := w.shared()
	if shared == "" {
		return "items", arguments
	}
	code = itemsPrefix + shared
	for _, name := range places(predicates[code]) {
		if _, ok := arguments[name]; !ok {
			arguments[name] = of[name]
		}
	}
	return code, arguments
}

// itemsPrefix makes the code of a mistake that all items share of the code that each has.
const itemsPrefix = "items_"

// shared is the code that all the kept mistakes have, if there is one for the whole list, and the arguments of the first.
func (w *wrongItems) shared() (code string, arguments map[string]any) {
	for i, item := range w.first {
		var mistake coded
		if !errors.As(item.err, &mistake) {
			return "", nil
		}
		own, named := mistake.told()
		if i == 0 {
			code, arguments = own, named
		}
		if own != code {
			return "", nil
		}
	}
	if predicates[itemsPrefix+code] == "" {
		return "", nil
	}
	return code, arguments
}
