package clickhouse

import (
	"strconv"
	"time"

	"github.com/vitrina-reports/vitrina/runner/source"
)

var _ source.Previewer = (*Source)(nil)

// Preview implements source.Previewer.
func (s *Source) Preview(q source.Query) (source.Preview, error) {
	sql, err := reading(q)
	if err != nil {
		return source.Preview{}, err
	}
	preview := source.Preview{SQL: sql.text}
	for _, b := range sql.bound {
		preview.Parameters = append(preview.Parameters, source.BoundParameter{Name: b.name, Type: b.typ, Text: readableText(b.value, b.bound)})
	}
	for _, t := range sql.tables {
		sent := source.SentTable{Name: t.name, Cell: t.name}
		if t.list != nil {
			sent.Cell = ""
			for range t.list {
				sent.Rows++
			}
		}
		preview.Tables = append(preview.Tables, sent)
	}
	return preview, nil
}

// readableText is the value for people: floats and moments are not sent as they are read.
func readableText(value any, b bound) string {
	switch v := value.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []float64:
		return list(v, func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) })
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case []time.Time:
		return list(v, func(t time.Time) string { return "'" + t.Format(time.RFC3339Nano) + "'" })
	}
	return b.text
}
