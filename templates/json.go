package templates

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

func encode(html bool) func(v any) (string, error) {
	return func(v any) (string, error) {
		plain, err := jsonValue(v)
		if err != nil {
			return "", err
		}
		var text strings.Builder
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(html)
		err = encoder.Encode(plain)
		return strings.TrimSuffix(text.String(), "\n"), err
	}
}

// jsonValue is a value in the types that encoding/json writes well: ISO dates, decimals as numbers.
func jsonValue(v any) (any, error) {
	switch v := bare(v).(type) {
	case fragment:
		return nil, errFragment
	case decimal.Decimal:
		return json.Number(v.String()), nil
	case forms.Date:
		return v.String(), nil
	case map[string]any:
		return jsonMap(v)
	case period:
		return jsonMap(v)
	default:
		if reflect.ValueOf(v).Kind() == reflect.Slice {
			return jsonList(v)
		}
		return v, nil
	}
}

func jsonMap(m map[string]any) (any, error) {
	written := make(map[string]any, len(m))
	for name, item := range m {
		v, err := jsonValue(item)
		if err != nil {
			return nil, err
		}
		written[name] = v
	}
	return written, nil
}

func jsonList(list any) (any, error) {
	all, err := listOf(list)
	for i := 0; i < len(all) && err == nil; i++ {
		all[i], err = jsonValue(all[i])
	}
	return all, err
}
