package api

import (
	_ "embed"

	"github.com/vitrina-reports/vitrina/web/api/internal/contract"
)

// Root is where the operations of the document are.
const Root = "/api/v1"

//go:embed openapi.yaml
var document []byte

// Route is an operation of the document, for tests that try each of them.
type Route struct {
	ID     string
	Method string
	Path   string   // from Root on, as in /reports/{report}
	Access []string // rules that must all hold: public, signed-in, analyst, administrator, report:run, report:view_sql, report:edit, run, run:manage
	Scope  string
	Body   string // media type of the body, empty when it takes none
}

// Routes are all operations of the document.
func Routes() ([]Route, error) {
	doc, err := contract.Read(document)
	if err != nil {
		return nil, err
	}
	routes := make([]Route, len(doc.Operations))
	for i, op := range doc.Operations {
		routes[i] = Route{ID: op.ID, Method: op.Method, Path: op.Path, Access: op.Access, Scope: op.Scope}
		if op.Body != nil {
			routes[i].Body = op.Body.Media
		}
	}
	return routes, nil
}
