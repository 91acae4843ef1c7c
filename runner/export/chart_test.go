package export

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
)

var sameDecimal = cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// sales are four rows of two regions on two days, out of order.
const sales = `SELECT d AS day, r AS region, toDecimal64(a, 2) AS amount, toFloat64(a) AS score, s AS shop FROM values('d Date, r String, a Decimal(10, 2), s Nullable(UInt8)',
	('2024-01-02', 'north', 10.10, 1), ('2024-01-01', 'south', 20.20, 1), ('2024-01-02', 'south', 0.05, 2), ('2024-01-02', 'north', 5, NULL))`

func aggregate(t *testing.T, query string, spec ChartSpec) ChartData {
	t.Helper()
	data, err := Aggregate(reader(t, query), spec)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func day(n int) forms.Date { return forms.Date{Year: 2024, Month: time.January, Day: n} }

func TestAggregatesAreGroupedByXAndSorted(t *testing.T) {
	t.Parallel()
	got := aggregate(t, sales, ChartSpec{X: "day", Y: []Measure{
		{"count()", "count", ""}, {"sum(amount)", "sum", "amount"}, {"avg(amount)", "avg", "amount"}, {"min(amount)", "min", "amount"},
		{"max(score)", "max", "score"}, {"uniq(shop)", "uniq", "shop"}, {"sum(shop)", "sum", "shop"},
	}})
	want := ChartData{X: "day", Points: []any{day(1), day(2)}, Series: []ChartSeries{
		{"count()", []any{dec("1"), dec("3")}},
		{"sum(amount)", []any{dec("20.20"), dec("15.15")}},
		{"avg(amount)", []any{20.2, 5.05}},
		{"min(amount)", []any{dec("20.20"), dec("0.05")}},
		{"max(score)", []any{20.2, 10.1}},
		{"uniq(shop)", []any{dec("1"), dec("2")}},
		{"sum(shop)", []any{dec("1"), dec("3")}},
	}}
	if diff := cmp.Diff(want, got, sameDecimal); diff != "" {
		t.Error(diff)
	}
}

func TestSeriesAreDrawnApart(t *testing.T) {
	t.Parallel()
	got := aggregate(t, sales, ChartSpec{X: "day", Y: []Measure{{"sum(amount)", "sum", "amount"}}, Series: "region"})
	want := ChartData{X: "day", Points: []any{day(1), day(2)}, Series: []ChartSeries{
		{"north", []any{nil, dec("15.10")}}, {"south", []any{dec("20.20"), dec("0.05")}},
	}}
	if diff := cmp.Diff(want, got, sameDecimal); diff != "" {
		t.Error(diff)
	}
}

func TestTextsStandInTheOrderTheyCome(t *testing.T) {
	t.Parallel()
	query := `SELECT arrayJoin(['b', NULL, 'a', 'b', '']) AS x, 1 AS y`
	got := aggregate(t, query, ChartSpec{X: "x", Y: []Measure{{"sum(y)", "sum", "y"}}})
	if diff := cmp.Diff([]any{"b", nil, "a", ""}, got.Points); diff != "" {
		t.Error(diff)
	}
}

func TestPlainColumnsAreDrawnRowByRow(t *testing.T) {
	t.Parallel()
	got := aggregate(t, `SELECT number % 2 AS x, number AS y, number * 1.5 AS z FROM numbers(3)`, ChartSpec{X: "x", Y: []Measure{{Text: "y", Column: "y"}, {Text: "z", Column: "z"}}})
	want := ChartData{X: "x", Points: []any{uint64(0), uint64(1), uint64(0)}, Series: []ChartSeries{
		{"y", []any{dec("0"), dec("1"), dec("2")}}, {"z", []any{0., 1.5, 3.}},
	}}
	if diff := cmp.Diff(want, got, sameDecimal); diff != "" {
		t.Error(diff)
	}
}

// SELECT day, count() … GROUP BY day has a column that is called count().
func TestAColumnOfTheMeasuresNameIsMeantFirst(t *testing.T) {
	t.Parallel()
	got := aggregate(t, `SELECT number AS x, number * 10 AS "count()" FROM numbers(2)`, ChartSpec{X: "x", Y: []Measure{{"count()", "count", ""}}})
	if diff := cmp.Diff([]any{dec("0"), dec("10")}, got.Series[0].Values, sameDecimal); diff != "" {
		t.Error(diff)
	}
}

func TestSumsAreExact(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"SELECT 1 AS x, toDecimal64('0.1', 1) AS y FROM numbers(1000)":                            "100",
		"SELECT 1 AS x, 9223372036854775807 AS y FROM numbers(3)":                                 "27670116110564327421",
		"SELECT 1 AS x, toInt64('-9223372036854775808') AS y FROM numbers(3)":                     "-27670116110564327424",
		"SELECT 1 AS x, 18446744073709551615 AS y FROM numbers(2)":                                "36893488147419103230",
		"SELECT 1 AS x, toInt256('1' || repeat('0', 60)) + number AS y FROM numbers(2)":           "2" + strings.Repeat("0", 59) + "1",
		"SELECT 1 AS x, toDecimal128('-99999999999999999999.99', 2) AS y FROM numbers(2)":         "-199999999999999999999.98",
		"SELECT 1 AS x, arrayJoin([toInt128('170141183460469231731687303715884105727'), 1]) AS y": "170141183460469231731687303715884105728",
	} {
		got := aggregate(t, query, ChartSpec{X: "x", Y: []Measure{{"sum(y)", "sum", "y"}}})
		if value := got.Series[0].Values[0].(decimal.Decimal); !value.Equal(dec(want)) {
			t.Errorf("%s: %s, want %s", query, value, want)
		}
	}
	least := aggregate(t, "SELECT 1 AS x, arrayJoin([toInt128(5), toInt128('170141183460469231731687303715884105727'), toInt128(-7)]) AS y",
		ChartSpec{X: "x", Y: []Measure{{"min(y)", "min", "y"}, {"max(y)", "max", "y"}, {"avg(y)", "avg", "y"}}})
	want := []any{dec("-7"), dec("170141183460469231731687303715884105727"), 5.671372782015641e37}
	if diff := cmp.Diff(want, []any{least.Series[0].Values[0], least.Series[1].Values[0], least.Series[2].Values[0]}, sameDecimal); diff != "" {
		t.Error(diff)
	}
	small := aggregate(t, "SELECT 1 AS x, arrayJoin([1e100, 1., -1e100]) AS y", ChartSpec{X: "x", Y: []Measure{{"sum(y)", "sum", "y"}}})
	if small.Series[0].Values[0] != 1. {
		t.Errorf("%v", small.Series[0].Values[0])
	}
}

func TestWhatCannotBeDrawnIsRefused(t *testing.T) {
	t.Parallel()
	y := []Measure{{"count()", "count", ""}}
	for name, c := range map[string]struct {
		query string
		spec  ChartSpec
		code  fault.Code
		want  string
	}{
		"x":        {sales, ChartSpec{X: "nope", Y: y}, fault.Invalid, `no column "nope" to draw; its columns are day, region, amount`},
		"series":   {sales, ChartSpec{X: "day", Y: y, Series: "nope"}, fault.Invalid, `no column "nope"`},
		"y":        {sales, ChartSpec{X: "day", Y: []Measure{{"sum(nope)", "sum", "nope"}}}, fault.Invalid, `no column "nope"`},
		"text":     {sales, ChartSpec{X: "day", Y: []Measure{{"sum(region)", "sum", "region"}}}, fault.Invalid, "is String, not a number"},
		"mixed":    {sales, ChartSpec{X: "day", Y: []Measure{{"count()", "count", ""}, {Text: "amount", Column: "amount"}}}, fault.Invalid, "not both"},
		"none":     {sales, ChartSpec{X: "day"}, fault.Invalid, "either columns or aggregates"},
		"twice":    {sales, ChartSpec{X: "day", Y: []Measure{{Text: "amount", Column: "amount"}}, Series: "region"}, fault.Invalid, "such as sum(amount)"},
		"distinct": {"SELECT 1 AS x, repeat('x', 100) || toString(number) AS u FROM numbers(700000)", ChartSpec{X: "x", Y: []Measure{{"uniq(u)", "uniq", "u"}}}, fault.Limit, "too many different values"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Aggregate(reader(t, c.query), c.spec)
			if err == nil || !strings.Contains(err.Error(), c.want) || fault.CodeOf(err) != c.code {
				t.Errorf("%v (%s), want %q", err, fault.CodeOf(err), c.want)
			}
		})
	}
}

// Whoever runs a report cannot mend it: too much to draw is no failure, but told.
func TestWhatIsTooMuchToDrawIsLeftOutAndTold(t *testing.T) {
	t.Parallel()
	count, y := []Measure{{"count()", "count", ""}}, []Measure{{Text: "y", Column: "y"}}
	for name, c := range map[string]struct {
		query          string
		spec           ChartSpec
		points, series int
		notes          []string
	}{
		"points": {"SELECT number % 10001 AS x FROM numbers(20002)", ChartSpec{X: "x", Y: count}, 10_000, 1, []string{"shows the first 10000 points on x; there are more"}},
		"few":    {"SELECT number AS x FROM numbers(6)", ChartSpec{X: "x", Y: count, Limit: 5}, 5, 1, []string{"shows the first 5 points on x; there are more"}},
		"rows":   {"SELECT 1 AS x, 2 AS y FROM numbers(6)", ChartSpec{X: "x", Y: y, Limit: 5}, 5, 1, []string{"shows the first 5 points on x; there are more"}},
		"fit":    {"SELECT number AS x FROM numbers(5)", ChartSpec{X: "x", Y: count, Limit: 5}, 5, 1, nil},
		"series": {"SELECT 1 AS x, number AS s FROM numbers(231)", ChartSpec{X: "x", Y: count, Series: "s"}, 1, 100, []string{"shows the 100 largest of 231 series"}},
		"two of each": {"SELECT 1 AS x, number AS s FROM numbers(51)", ChartSpec{X: "x", Y: append(count, Measure{"max(x)", "max", "x"}), Series: "s"},
			1, 100, []string{"shows the 100 largest of 102 series"}},
		"endless": {"SELECT 1 AS x, number AS s FROM numbers(20000)", ChartSpec{X: "x", Y: count, Series: "s"}, 1, 100, []string{"shows the 100 largest of more than 10000 series"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := aggregate(t, c.query, c.spec)
			if diff := cmp.Diff(c.notes, got.Notes); diff != "" || len(got.Points) != c.points || len(got.Series) != c.series {
				t.Errorf("%d points, %d series\n%s", len(got.Points), len(got.Series), diff)
			}
		})
	}
}

// However many rows and series there are, only so many values are held.
func TestSmallSeriesAreGivenUpForRoom(t *testing.T) {
	t.Parallel()
	rows := reader(t, "SELECT number % 10 AS x, intDiv(number, 10) AS s, if(s IN (5, 110), 2, 1) AS y FROM numbers(2000) ORDER BY number")
	a, err := newAggregation(rows, ChartSpec{Limit: 10, X: "x", Y: []Measure{{"sum(y)", "sum", "y"}}, Series: "s"})
	if err != nil {
		t.Fatal(err)
	}
	for a.room = 1050; rows.Next(); {
		if err := a.add(rows.Row()); err != nil {
			t.Fatal(err)
		}
		if len(a.cells) > a.room {
			t.Fatalf("%d values are held", len(a.cells))
		}
	}
	data := a.data()
	if diff := cmp.Diff([]string{"shows the 100 largest of more than 106 series"}, data.Notes); diff != "" || len(data.Series) != 100 || data.Series[5].Name != "5" {
		t.Errorf("%d series\n%s", len(data.Series), diff)
	}
}

func TestTheLargestSeriesAreKeptInTheirOrder(t *testing.T) {
	t.Parallel()
	query := `SELECT number % 2 AS x, toString(intDiv(number, 2)) AS s, if(s = '7', -1000, toInt32(s)) AS y FROM numbers(220)`
	got := aggregate(t, query, ChartSpec{X: "x", Y: []Measure{{"sum(y)", "sum", "y"}}, Series: "s"})
	var names []string
	for _, series := range got.Series {
		names = append(names, series.Name)
	}
	if len(names) != 100 || names[0] != "7" || names[1] != "11" || names[99] != "109" {
		t.Errorf("%v", names)
	}
	w := write(t, Workbook{Charts: []Chart{{Name: "by_s", Kind: "line", Data: got}}, About: &About{Report: "r"}})
	want := []string{"Chart by_s shows the 100 largest of 110 series."}
	if diff := cmp.Diff(want, w.result.Notes); diff != "" || w.result.Truncated {
		t.Error(diff)
	}
	if about := w.rows(t, "About"); about[len(about)-1][1] != want[0] {
		t.Errorf("%v", about)
	}
}

// A series that has a value at every other point only is a line all the same.
func TestLinesSpanGaps(t *testing.T) {
	t.Parallel()
	for rows, symbol := range map[int]string{60: "circle", 400: "none"} {
		data := aggregate(t, fmt.Sprintf("SELECT number AS x, number %% 2 AS s FROM numbers(%d)", rows), ChartSpec{X: "x", Y: []Measure{{"count()", "count", ""}}, Series: "s"})
		w := write(t, Workbook{Charts: []Chart{{Name: "c", Kind: "line", Data: data}}})
		drawn := w.part(t, "xl/charts/chart1.xml")
		for _, want := range []string{`<dispBlanksAs val="span">`, `<symbol val="` + symbol + `">`} {
			if !strings.Contains(drawn, want) {
				t.Errorf("%d rows: there is no %s in %s", rows, want, drawn)
			}
		}
	}
}

func TestChartsAreDrawnBesideTheirNumbers(t *testing.T) {
	t.Parallel()
	data := aggregate(t, sales, ChartSpec{X: "day", Y: []Measure{{"sum(amount)", "sum", "amount"}}, Series: "region"})
	var charts []Chart
	for _, kind := range []string{"bar", "line", "area", "pie", "scatter"} {
		charts = append(charts, Chart{Name: "by " + kind, Title: "Sales & more", Kind: kind, Data: data})
	}
	charts = append(charts, Chart{Name: "it's stacked", Kind: "bar", Stacked: true, Data: data}, Chart{Name: "nothing", Kind: "bar", Data: ChartData{X: "day"}})
	w := write(t, Workbook{Sheets: []Sheet{result(t, "sales", sales)}, Charts: charts})
	if diff := cmp.Diff([]string{"sales", "by bar", "by line", "by area", "by pie", "by scatter", "it's stacked", "nothing"}, w.file.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]string{{"day", "north", "south"}, {"45292", "", "20.2"}, {"45293", "15.1", "0.05"}}, w.rows(t, "by bar")); diff != "" {
		t.Error(diff)
	}
	drawn := w.part(t, "xl/charts/chart1.xml")
	for _, want := range []string{"barChart", "<f>&#39;by bar&#39;!$A$2:$A$3</f>", "<f>&#39;by bar&#39;!$C$2:$C$3</f>", "Sales &amp; more", formatDate} {
		if !strings.Contains(drawn, want) {
			t.Errorf("there is no %s in %s", want, drawn)
		}
	}
	if stacked := w.part(t, "xl/charts/chart6.xml"); !strings.Contains(stacked, `"stacked"`) || !strings.Contains(stacked, "it&#39;&#39;s stacked") {
		t.Error(stacked)
	}
}
