package templates

import (
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/shopspring/decimal"
)

// fromSprig are sprig's functions that templates may use as they are: those that depend on their arguments alone, change none of
// them, and cost about as much as those are large. A newer sprig adds none by itself.
var fromSprig = strings.Fields(`
	trim trimAll trimall trimSuffix trimPrefix upper lower title untitle swapcase snakecase camelcase kebabcase
	contains hasPrefix hasSuffix plural splitList split splitn
	sha1sum sha256sum sha512sum adler32sum b64enc b32enc
	mustRegexMatch mustRegexFind mustRegexFindAll mustRegexSplit regexQuoteMeta
	list tuple first last rest initial reverse append push prepend chunk slice concat
	mustFirst mustLast mustRest mustInitial mustReverse mustAppend mustPush mustPrepend mustChunk mustSlice
	default empty coalesce all any ternary mustFromJson
	get hasKey pluck pick omit dig kindOf kindIs
	base dir clean ext isAbs urlParse urlJoin semverCompare duration fail`)

// renamed are sprig's functions that swallow errors, each with the one that tells.
var renamed = map[string]string{
	"regexMatch": "mustRegexMatch", "regexFind": "mustRegexFind", "regexFindAll": "mustRegexFindAll",
	"regexSplit": "mustRegexSplit", "fromJson": "mustFromJson",
}

var sprigFunctions = sync.OnceValue(func() map[string]any {
	all, taken := sprig.HermeticTxtFuncMap(), map[string]any{}
	for _, name := range fromSprig {
		taken[name] = all[name]
	}
	for name, strict := range renamed {
		taken[name] = all[strict]
	}
	return taken
})

func sprigHas(name string) bool { return sprig.TxtFuncMap()[name] != nil }

// ownFunctions replace those of sprig and of text/template that are inexact, unbounded or blind to the types of fields, and add a few.
func (w *work) ownFunctions() map[string]any {
	return map[string]any{
		"eq": equal, "ne": unequal,
		"lt": ordered(func(order int) bool { return order < 0 }), "le": ordered(func(order int) bool { return order <= 0 }),
		"gt": ordered(func(order int) bool { return order > 0 }), "ge": ordered(func(order int) bool { return order >= 0 }),
		"given": isGiven, "len": length,

		"print": written(fmt.Sprint), "println": written(fmt.Sprintln), "printf": w.printf, "cat": written(sprintCat),
		"html": written(template.HTMLEscaper), "js": written(template.JSEscaper), "urlquery": written(template.URLQueryEscaper),
		"quote": quoted(strconv.Quote), "squote": quoted(func(s string) string { return "'" + s + "'" }),
		"toString": toText, "toStrings": texts, "join": w.join, "date": date, "number": grouped,
		"toJson": encode(true), "toRawJson": encode(false), "mustToJson": encode(true), "mustToRawJson": encode(false),
		"b64dec": decoded(base64.StdEncoding.DecodeString), "b32dec": decoded(base32.StdEncoding.DecodeString),
		"trunc": truncate, "substr": substring, "abbrev": abbreviate, "nospace": noSpace,
		"repeat": w.repeat, "replace": w.replace, "indent": w.indent, "nindent": w.indentBelow,
		"regexReplaceAll": w.regexReplace(false), "mustRegexReplaceAll": w.regexReplace(false),
		"regexReplaceAllLiteral": w.regexReplace(true), "mustRegexReplaceAllLiteral": w.regexReplace(true),

		"has": has, "mustHas": has, "without": without, "mustWithout": without, "uniq": uniq, "mustUniq": uniq,
		"compact": compact, "mustCompact": compact, "sortAlpha": sortAlpha, "dict": group, "keys": keysOf, "values": valuesOf,
		"until": until, "untilStep": untilStep, "seq": sequence,

		"add": fold(add, false), "sub": fold(sub, false), "mul": fold(mul, false), "div": fold(divWhole, false),
		"addf": fold(add, true), "subf": fold(sub, true), "mulf": fold(mul, true), "divf": fold(div, true),
		"mod": fold(mod, false), "add1": addOne, "max": fold(larger, false), "min": fold(smaller, false),
		"maxf": fold(larger, true), "minf": fold(smaller, true), "biggest": fold(larger, false),
		"floor": rounding(decimal.Decimal.Floor), "ceil": rounding(decimal.Decimal.Ceil), "round": round,
		"int": toWhole, "int64": toWhole, "atoi": toWhole, "float64": toFloat,
	}
}

// builtIn are text/template's own that stay: they choose among values and make none.
var builtIn = []string{"and", "or", "not", "index"}

// unavailable says why a name that people know from sprig or text/template is missing.
var unavailable = map[string]string{
	"now":       "a run must be repeatable: use .run.started, or a field whose default is today",
	"ago":       "a run must be repeatable: compare dates in SQL",
	"env":       "a report cannot read the server's environment: make it a field",
	"set":       "values cannot be changed: make a new one with dict or a variable",
	"call":      "there are no functions among the values",
	"rows":      "rows tells a text about a result; in SQL, read the cell with table",
	"value":     "value tells a text about a result; in SQL, read the cell with table",
	"table":     "table is for SQL",
	"snippet":   "snippet is for SQL",
	"ident":     "ident is for SQL",
	"typeOf":    "use kindOf",
	"deepEqual": "use eq",
}

// sqlNames and textNames are all that a template may call.
var (
	sqlNames  = sync.OnceValue(func() map[string]bool { return functionNames("ident", "snippet", "table") })
	textNames = sync.OnceValue(func() map[string]bool { return functionNames("rows", "value") })
)

func functionNames(special ...string) map[string]bool {
	names := map[string]bool{}
	for _, name := range append(special, builtIn...) {
		names[name] = true
	}
	for name := range sprigFunctions() {
		names[name] = true
	}
	for name := range new(work).ownFunctions() {
		names[name] = true
	}
	return names
}

// functions are those that a template calls, each behind its guard.
func (w *work) functions(called set, special map[string]any) template.FuncMap {
	all := template.FuncMap{eachName: w.each}
	for _, functions := range []map[string]any{sprigFunctions(), w.ownFunctions(), special} {
		for name, function := range functions {
			if called[name] {
				all[name] = w.guard(name, function)
			}
		}
	}
	return all
}
