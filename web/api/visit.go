package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/web/api/internal/contract"
)

// visit is one request: what is known of it before its handler runs.
type visit struct {
	id        string // as the log and problems call it
	address   string // IP address of the client
	agent     string
	operation *contract.Operation // nil outside of the document
	actor     *people.Actor       // nil in public operations
	report    catalog.Entry       // of the path, in operations with a rule report:…
	run       jobs.Record         // of the path, in operations with the rule run
}

type visitKey struct{}

func withVisit(ctx context.Context, v *visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// actorOf is who calls the operation. It is not nil unless the operation is public.
func actorOf(ctx context.Context) *people.Actor { return visitOf(ctx).actor }

// reportOf is the report of the path, on which the actor has the level that the operation needs.
func reportOf(ctx context.Context) catalog.Entry { return visitOf(ctx).report }

// runOf is the run of the path, which the actor may see.
func runOf(ctx context.Context) jobs.Record { return visitOf(ctx).run }
