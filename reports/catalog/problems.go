package catalog

import (
	"errors"

	"github.com/vitrina-reports/vitrina/reports"
)

// problemsOf are the problems that an error is about, if it is.
func problemsOf(err error) (reports.Problems, bool) {
	var problems reports.Problems
	return problems, errors.As(err, &problems)
}
