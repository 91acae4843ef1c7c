package forms

import (
	"context"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/words"
)

// namedStrangers is how many of the unknown items are told one by one.
const namedStrangers = 1000

// Recognised tells what became of pasted items.
type Recognised struct {
	Items        []string // those recognised, each once, in the order given and written as the field takes them
	Unknown      int      // different ones that are none of the field's
	UnknownItems []string // the first 1000 of them
	Repeated     int      // those given again
	Checked      bool     // they were looked for among options, not judged by their form alone
	Options      []Option // of a checkbox: those that Items are the values of
}

// Recognise tells which of the items of a pasted text a field takes: of a list, those that are of its type and within its bounds and, if
// it has options, are one of these; of a checkbox, its options by value or by label, whatever the case. Text is parted as the text of a
// list is. What the person may not choose is unknown. The fields before are looked at as by [OptionsOf].
func Recognise(ctx context.Context, form Form, raw Raw, env Env, name, text string) (Recognised, error) {
	at, err := form.find(name)
	if err != nil {
		return Recognised{}, err
	}
	f := &form[at]
	if !f.HasItems() {
		return Recognised{}, fault.New(fault.Invalid, "%s takes one value, so there are no items to recognise.", f.label())
	}
	p := newParser(form, raw, env)
	if f.Options != nil {
		if err := p.before(ctx, form, at); err != nil {
			return Recognised{}, err
		}
	}
	r := &recogniser{field: f, most: max(f.maxItems(), DefaultMaxItems), seen: map[string]bool{}, strangers: map[string]bool{}}
	if f.Type == Checkbox {
		err = p.recogniseOptions(ctx, r, text)
	} else {
		err = p.recogniseItems(ctx, r, text)
	}
	if err != nil {
		return Recognised{}, err
	}
	return r.Recognised, nil
}

type recogniser struct {
	Recognised
	field     *Field
	most      int             // items of either sort; more are no list that anybody means
	seen      map[string]bool // keys of items
	strangers map[string]bool
}

// pieces calls each for every item of the text that is not blank, until it fails.
func (r *recogniser) pieces(text string, each func(item string) error) error {
	for item := range split(text, separatorsOf(text, r.field.itemKind())) {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		if err := each(item); err != nil {
			return err
		}
	}
	return nil
}

func (r *recogniser) tooMany() error {
	return fault.New(fault.Invalid, "More than %s different values were given for %s, which is too many.", words.Grouped(r.most), r.field.label())
}

// known takes an item by its key, which is how the field takes it.
func (r *recogniser) known(key string) error {
	if r.seen[key] {
		r.Repeated++
		return nil
	}
	if len(r.Items) == r.most {
		return r.tooMany()
	}
	r.seen[key] = true
	r.Items = append(r.Items, key)
	return nil
}

func (r *recogniser) unknown(item string) error {
	if r.strangers[item] {
		r.Repeated++
		return nil
	}
	if r.Unknown == r.most {
		return r.tooMany()
	}
	r.strangers[item] = true
	if r.Unknown++; r.Unknown <= namedStrangers {
		r.UnknownItems = append(r.UnknownItems, item)
	}
	return nil
}

// recogniseItems reads each item as the list would, and then looks all of them up at once.
func (p *parser) recogniseItems(ctx context.Context, r *recogniser, text string) error {
	read, err := itemReader(r.field)
	if err != nil {
		return err
	}
	limit := p.env.limitOf(r.field)
	err = r.pieces(text, func(item string) error {
		key, err := read(item)
		if isMistake(err) || err == nil && !limit.allows(key) {
			return r.unknown(item)
		}
		if err != nil {
			return err
		}
		return r.known(key)
	})
	if err != nil || r.field.Options == nil {
		return err
	}
	found, err := p.lookup(ctx, r.field, r.Items)
	if err != nil {
		return err
	}
	r.Checked = true
	typed := r.Items
	r.Items = make([]string, 0, len(typed))
	for _, item := range typed {
		if _, ok := found[item]; ok {
			r.Items = append(r.Items, item)
		} else if err := r.unknown(item); err != nil {
			return err
		}
	}
	return nil
}

// itemReader checks an item of a list and writes it in the one way that all which are the same item have in common.
func itemReader(f *Field) (func(string) (string, error), error) {
	if f.itemKind() != Integer {
		return textReader(f)
	}
	read, err := integerReader(f)
	if err != nil {
		return nil, err
	}
	return func(text string) (string, error) {
		n, err := read(text)
		return n.String(), err
	}, nil
}

// recogniseOptions finds options by what their value or label is. Where several have a label, all of them are meant.
func (p *parser) recogniseOptions(ctx context.Context, r *recogniser, text string) error {
	f := r.field
	if f.Options == nil {
		return fault.New(fault.Invalid, "%s has no options to choose from.", f.label())
	}
	var items []string
	wanted := map[string]bool{}
	err := r.pieces(text, func(item string) error {
		if wanted[item] {
			r.Repeated++
			return nil
		}
		if len(items) == r.most {
			return r.tooMany()
		}
		wanted[item] = true
		items = append(items, item)
		return nil
	})
	if err != nil {
		return err
	}
	r.Checked = true
	if len(items) == 0 {
		return nil
	}
	options, err := p.options(ctx, f, Find{Named: namesOf(f, items)})
	if err != nil {
		return err
	}
	named := newNames(f, options)
	for _, item := range items {
		if err := r.choose(item, named.of(item)); err != nil {
			return err
		}
	}
	return nil
}

func (r *recogniser) choose(item string, options []Option) error {
	if len(options) == 0 {
		return r.unknown(item)
	}
	repeated := true
	for _, option := range options {
		key := r.field.optionKey(option.Value)
		if r.seen[key] {
			continue
		}
		repeated = false
		if err := r.known(key); err != nil {
			return err
		}
		r.Options = append(r.Options, option)
	}
	if repeated {
		r.Repeated++
	}
	return nil
}

// namesOf are what to look for: each item as it is written, in small letters and, if it is a number, as numbers are written.
func namesOf(f *Field, items []string) []string {
	all := make([]string, 0, 2*len(items))
	for _, item := range items {
		all = append(all, item, strings.ToLower(item))
		if key := f.optionKey(item); key != "" {
			all = append(all, key)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// names finds options by what a person may call them; a value goes before a label, the same letters before those of another case.
type names struct {
	field                         *Field
	values, labels, cased, called map[string][]Option
}

func newNames(f *Field, options []Option) names {
	n := names{f, map[string][]Option{}, map[string][]Option{}, map[string][]Option{}, map[string][]Option{}}
	for _, option := range options {
		key, label := f.optionKey(option.Value), option.label()
		if key == "" {
			continue
		}
		n.values[key] = append(n.values[key], option)
		n.labels[label] = append(n.labels[label], option)
		n.cased[strings.ToLower(key)] = append(n.cased[strings.ToLower(key)], option)
		n.called[strings.ToLower(label)] = append(n.called[strings.ToLower(label)], option)
	}
	return n
}

func (n names) of(item string) []Option {
	lower := strings.ToLower(item)
	for _, found := range [][]Option{n.values[n.field.optionKey(item)], n.labels[item], n.cased[lower], n.called[lower]} {
		if len(found) > 0 {
			return found
		}
	}
	return nil
}
