package postgres

import (
	"fmt"
	"strings"

	"github.com/vitrina-reports/vitrina/runner/source"
)

var _ source.Previewer = (*Source)(nil)

// Preview implements source.Previewer. Lists of any length are parameters here.
func (s *Source) Preview(q source.Query) (source.Preview, error) {
	sql, err := render(q.Statement)
	if err != nil {
		return source.Preview{}, err
	}
	preview := source.Preview{SQL: strings.TrimRight(sql.sql, " \t\r\n")}
	for i, value := range sql.values {
		text := "NULL"
		if value != nil {
			text = string(value)
		}
		preview.Parameters = append(preview.Parameters, source.BoundParameter{Name: fmt.Sprint("$", i+1), Type: clickhouseType(sql.types[i]), Text: text})
	}
	sent := map[string]bool{}
	for _, part := range q.Statement.Parts {
		if part.Table != "" && !sent[part.Table] {
			sent[part.Table] = true
			preview.Tables = append(preview.Tables, source.SentTable{Name: part.Table, Cell: part.Table})
		}
	}
	return preview, nil
}

// clickhouseType names the type of a parameter as the rest of Vitrina does.
func clickhouseType(name string) string {
	if element, list := strings.CutSuffix(name, "[]"); list {
		return "Array(" + clickhouseType(element) + ")"
	}
	if known, ok := parameterTypes[name]; ok {
		return known
	}
	return name
}

var parameterTypes = map[string]string{
	"text": "String", "bigint": "Int64", "numeric": "Decimal(38, 10)", "double precision": "Float64", "boolean": "Bool",
	"date": "Date32", "timestamptz": "DateTime64(6)",
}
