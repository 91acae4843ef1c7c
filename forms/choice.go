package forms

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	everyOption     = "all" // stands for all options of a checkbox, unless one has that value
	namedOptions    = 5     // options that a message suggests
	comparedOptions = 500   // options among which those like a wrong value are looked for
)

// choose reads a select or a checkbox. Values must be those of options, letter by letter; of kind integer, the same numbers. A
// checkbox takes a list of values, or one text: an option's value, "all", or values separated by commas.
func (p *parser) choose(ctx context.Context, f *Field, raw any) (Value, error) {
	if f.Options == nil {
		return Value{}, f.misdeclared("options", errors.New("are missing"))
	}
	wanted, err := picks(f, raw)
	if err != nil {
		return Value{}, err
	}
	if len(wanted) == 0 {
		return Value{Field: f}, nil
	}
	if p.dependsOnUnsure(f.Options.Query) {
		return Value{}, errUnsure
	}
	chosen, err := p.pick(ctx, f, wanted)
	if err != nil {
		return Value{}, err
	}
	return chosenValue(f, chosen)
}

// picks are the texts of a raw value, blank ones left out.
func picks(f *Field, raw any) ([]string, error) {
	given, items, ok := listItems(raw)
	if f.Type == Select || !ok {
		text, err := one(raw)
		if err != nil || text == "" {
			return nil, err
		}
		return []string{text}, nil
	}
	if given > f.maxItems() {
		return nil, mistakef("max_options", count(f.maxItems()), count(given))
	}
	wanted := make([]string, 0, given)
	for text, err := range items {
		if err != nil {
			return nil, err
		}
		if text != "" {
			wanted = append(wanted, text)
		}
	}
	return wanted, nil
}

// pick finds the options that are wanted, each once.
func (p *parser) pick(ctx context.Context, f *Field, wanted []string) ([]Option, error) {
	parts := commaParts(f, wanted)
	found, err := p.lookup(ctx, f, slices.Concat(wanted, parts))
	if err != nil {
		return nil, err
	}
	if _, ok := found[f.optionKey(wanted[0])]; !ok && f.Type == Checkbox && len(wanted) == 1 {
		if wanted[0] == everyOption {
			return p.every(ctx, f)
		}
		wanted = parts
	}
	chosen := make([]Option, 0, len(wanted))
	taken := make(map[string]bool, len(wanted))
	var missing []string
	for _, text := range wanted {
		key := f.optionKey(text)
		option, ok := found[key]
		switch {
		case !ok:
			missing = append(missing, text)
		case !taken[key]:
			chosen = append(chosen, option)
		}
		taken[key] = true
	}
	if len(missing) > 0 {
		return nil, p.noSuchOption(ctx, f, missing)
	}
	return inDeclaredOrder(f, chosen), nil
}

// every is all options, each value once.
func (p *parser) every(ctx context.Context, f *Field) ([]Option, error) {
	options, err := p.options(ctx, f, Find{Limit: f.maxItems() + 1})
	if err != nil {
		return nil, err
	}
	if len(options) > f.maxItems() {
		return nil, mistakef("max_options_all", count(f.maxItems()))
	}
	taken := make(map[string]bool, len(options))
	return slices.DeleteFunc(slices.Clone(options), func(option Option) bool {
		key := f.optionKey(option.Value)
		repeated := key == "" || taken[key]
		taken[key] = true
		return repeated
	}), nil
}

// commaParts takes the only text of a checkbox apart; it is the wanted texts again where there is nothing to take apart.
func commaParts(f *Field, wanted []string) []string {
	if f.Type != Checkbox || len(wanted) != 1 || !strings.Contains(wanted[0], ",") {
		return wanted
	}
	var parts []string
	for part := range strings.SplitSeq(wanted[0], ",") {
		if part = strings.TrimSpace(part); part != "" && len(parts) <= f.maxItems() {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return wanted
	}
	return parts
}

// inDeclaredOrder sorts options as they were given in the report; those of a query keep the order in which they were asked for.
func inDeclaredOrder(f *Field, chosen []Option) []Option {
	if f.Options.Query != "" {
		return chosen
	}
	place := make(map[string]int, len(f.Options.Given))
	for i, option := range f.Options.Given {
		place[option.Value] = i
	}
	slices.SortStableFunc(chosen, func(a, b Option) int { return place[a.Value] - place[b.Value] })
	return chosen
}

// lookup finds the options with these values, by key. Texts that cannot be values of the kind are not asked for.
func (p *parser) lookup(ctx context.Context, f *Field, texts []string) (map[string]Option, error) {
	keys := make([]string, 0, len(texts))
	for _, text := range texts {
		if key := f.optionKey(text); key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) == 0 {
		return nil, nil
	}
	options, err := p.options(ctx, f, Find{Only: keys})
	if err != nil {
		return nil, err
	}
	found := make(map[string]Option, len(options))
	for _, option := range options {
		key := f.optionKey(option.Value)
		if _, ok := found[key]; !ok {
			found[key] = option
		}
	}
	return found, nil
}

// optionKey is what makes two values the same option; empty for what is no value of the field's kind.
func (f *Field) optionKey(text string) string {
	if f.itemKind() != Integer {
		return text
	}
	n, err := plainInteger(text)
	if err != nil {
		return ""
	}
	return n.String()
}

// options asks for the field's options that are allowed. Given ones come in their order, and all of them for Find.Only.
func (p *parser) options(ctx context.Context, f *Field, find Find) ([]Option, error) {
	limit := p.env.limitOf(f)
	if f.Options.Query == "" {
		return given(limit.options(f, f.Options.Given), find), nil
	}
	if find = limit.find(find); limit.set && len(find.Only) == 0 {
		return nil, nil
	}
	if p.env.Resolver == nil {
		return nil, fault.New(fault.Failed, "The options of %s come from a query, which cannot be asked here.", f.label())
	}
	options, err := p.env.Resolver.Options(ctx, f, p.values, find)
	if err != nil {
		return nil, fault.New(fault.CodeOf(err), "The options of %s could not be read: %w", f.label(), err)
	}
	for _, option := range options {
		if f.optionKey(option.Value) == "" && option.Value != "" {
			return nil, fault.New(fault.Invalid, "The options of %s must be whole numbers, but its query returned %s.",
				f.label(), quoted(option.Value))
		}
	}
	return limit.options(f, options), nil
}

func given(options []Option, find Find) []Option {
	var matching []Option
	search := strings.ToLower(find.Search)
	for _, option := range options {
		if strings.Contains(strings.ToLower(option.Value), search) || strings.Contains(strings.ToLower(option.Label), search) {
			matching = append(matching, option)
		}
		if find.Limit > 0 && len(matching) == find.Limit {
			break
		}
	}
	return matching
}

// noSuchOption names options like the first missing one, or else the first ones; none when they cannot be read.
func (p *parser) noSuchOption(ctx context.Context, f *Field, missing []string) error {
	given := wrongOptions(missing)
	options, err := p.options(ctx, f, Find{Limit: comparedOptions})
	if err != nil {
		return mistakef("option_gone", given)
	}
	if len(options) == 0 {
		return mistakef("option_none", given)
	}
	names := optionNames(options)
	near := nearest(missing[0], names)
	if len(near) == 0 {
		near = p.containing(ctx, f, strings.TrimSpace(missing[0]))
	}
	switch {
	case len(near) > 0:
		return mistakef("option", given, namedSome{items: near, limit: namedOptions, conjunction: "or"})
	case len(names) > namedOptions:
		return mistakef("option_first", given, namedSome{items: names[:namedOptions], limit: namedOptions, conjunction: "and"})
	}
	return mistakef("option_of", given, namedSome{items: names, limit: namedOptions, conjunction: "and"})
}

func wrongOptions(texts []string) namedSome {
	return namedSome{items: texts, limit: namedMistakes, conjunction: "and", quotes: true}
}

// containing are the options whose value or label has the text in it, which must not be too short to tell.
func (p *parser) containing(ctx context.Context, f *Field, text string) []string {
	if len(text) < 3 || len(text) > quoteLength {
		return nil
	}
	options, err := p.options(ctx, f, Find{Search: text, Limit: namedOptions})
	if err != nil {
		return nil
	}
	return optionNames(options)
}

func optionNames(options []Option) []string {
	return mapped(options, func(o Option) string { return clip(o.Value) })
}

// chosenValue types the options' values.
func chosenValue(f *Field, chosen []Option) (Value, error) {
	value := Value{Field: f, Chosen: chosen}
	if len(chosen) == 0 {
		return Value{Field: f}, nil
	}
	texts := mapped(chosen, func(o Option) string { return o.Value })
	switch {
	case f.kind() == Text && f.Type == Select:
		value.Data = texts[0]
		return value, nil
	case f.kind() == Text:
		value.Data = texts
		return value, nil
	case f.kind() != Integer:
		return Value{}, f.misdeclared("kind", cannotBe(f.kind()))
	}
	numbers := make([]integer, len(texts))
	for i, text := range texts {
		var err error
		if numbers[i], err = plainInteger(text); err != nil {
			return Value{}, f.misdeclared("options", errors.New("are not all whole numbers"))
		}
	}
	if f.Type == Select {
		value.Data = numbers[0].value()
		return value, nil
	}
	data, err := integerValues(numbers)
	value.Data = data
	return value, err
}
