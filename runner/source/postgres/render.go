package postgres

import (
	"strconv"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source/internal/placement"
	"github.com/vitrina-reports/vitrina/templates"
)

// rendered is a statement as Postgres takes it: $1, $2, … and their values in text form, nil for NULL.
type rendered struct {
	sql    string
	values [][]byte
	types  []string // of the values, as Postgres names them
}

// render writes each value as a parameter cast to its type, so that its meaning is not guessed from where it stands.
func render(s templates.Statement) (rendered, error) {
	var out rendered
	var sql strings.Builder
	places := placement.Of(s, sqltext.Postgres)
	for i, part := range s.Parts {
		switch {
		case part.Param != nil:
			text, err := out.bind(*part.Param, places[i])
			if err != nil {
				return rendered{}, err
			}
			sql.WriteString(text)
		case part.Table != "":
			sql.WriteString(tempName(part.Table))
		default:
			sql.WriteString(part.Text)
		}
	}
	out.sql = sql.String()
	return out, nil
}

// bind notes the value and returns what stands for it in the SQL. The brackets let the analyst go on with a cast or a subscript.
func (r *rendered) bind(p templates.Param, place placement.Place) (string, error) {
	typ, value, err := encode(p)
	if err != nil {
		return "", err
	}
	if value == nil && typ == "" {
		return "NULL", nil
	}
	r.values, r.types = append(r.values, value), append(r.types, typ)
	param := "($" + strconv.Itoa(len(r.values)) + "::" + typ + ")"
	if !strings.HasSuffix(typ, "[]") {
		return param, nil
	}
	switch place {
	case placement.AfterIn:
		return "(SELECT unnest" + param + ")", nil
	case placement.WithinIn:
		return "SELECT unnest" + param, nil
	default:
		return param, nil
	}
}

// tempName is how a statement names the result of an earlier cell: quoted, and in the schema where nothing of the database can be.
func tempName(table string) string { return "pg_temp." + sqltext.Postgres.Name(table) }

func invalid(format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }
