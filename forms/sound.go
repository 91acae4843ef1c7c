package forms

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Sound are the values, of the fields that the templates may use, in which nothing is missing or wrong so far. A field that show_if
// hides is one of them, without a value. What cannot be told now is left out: a source is asked for options until it fails once.
func Sound(ctx context.Context, form Form, raw Raw, env Env, templates ...string) Values {
	if env.Resolver != nil {
		env.Resolver = &untilFailure{Resolver: env.Resolver}
	}
	p := newParser(form, raw, env)
	needed := form.neededBy(templates...)
	for i := range form {
		if f := &form[i]; needed[f.Name] && p.field(ctx, f) != nil {
			p.unsure[f.Name] = true
		}
	}
	return p.values
}

// untilFailure spares a source that does not answer the second question.
type untilFailure struct {
	Resolver
	err error
}

func (u *untilFailure) Options(ctx context.Context, field *Field, earlier Values, find Find) (options []Option, err error) {
	if u.err == nil {
		options, u.err = u.Resolver.Options(ctx, field, earlier, find)
	}
	return options, u.err
}

// WithoutOptions is a resolver that asks no source.
func WithoutOptions(r Resolver) Resolver {
	return &untilFailure{r, fault.New(fault.Unavailable, "The source is not asked.")}
}
