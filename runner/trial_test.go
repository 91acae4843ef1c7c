package runner_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// try runs a document as a trial, in a folder that is empty again afterwards.
func try(t *testing.T, all *sources, front, body string, trial runner.Trial) *runner.Tried {
	t.Helper()
	dir := t.TempDir()
	r := runner.New(runner.Options{Sources: all, WorkDir: dir})
	prepared, err := r.PrepareTrial(t.Context(), runner.Request{Report: compile(t, front, body)}, trial)
	if err != nil {
		t.Fatal(err)
	}
	tried, err := prepared.Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("the trial leaves %v, %v", left, err)
	}
	return tried
}

const wide = 1 << 20

func TestATrialFetchesNoMoreThanItShows(t *testing.T) {
	t.Parallel()
	// Without an end of its own: only a server that is told stops after a few rows.
	tried := try(t, newSources(t), "", cell("endless", "SELECT number AS n FROM system.numbers"), runner.Trial{Rows: 10, Bytes: wide})
	result, ran := tried.Results["endless"], tried.Cells[0]
	if len(result.Rows) != 10 || !result.More || !ran.Cut || ran.Rows != 10 || len(tried.Notes) != 0 || len(tried.Artifacts) != 0 {
		t.Errorf("%d rows, %+v, notes %v", len(result.Rows), ran, tried.Notes)
	}
}

func TestWhatOthersReadIsWholeInATrial(t *testing.T) {
	t.Parallel()
	const numbers = "SELECT number AS n FROM numbers(5000)"
	for name, body := range map[string]string{
		"a cell":  cell("a", numbers) + cell("b", "SELECT count() AS c FROM {{ table \"a\" }}"),
		"prose":   "{{ rows \"a\" }} rows\n\n" + cell("a", numbers),
		"a chart": cell("a", numbers) + "```chart c\ntype: line\ncell: a\nx: n\ny: n\n```\n",
	} {
		tried := try(t, newSources(t), "", body, runner.Trial{Rows: 10, Bytes: wide})
		if a := tried.Results["a"]; len(a.Rows) != 10 || !a.More || tried.Cells[0].Rows != 5000 || tried.Cells[0].Cut {
			t.Errorf("read by %s: %d rows shown, %+v", name, len(a.Rows), tried.Cells[0])
		}
		if b, ok := tried.Results["b"]; ok && fmt.Sprint(b.Rows) != "[[5000]]" {
			t.Errorf("the cell that reads it: %v", b.Rows)
		}
	}
}

func TestLongRowsOfATrialAreCutByTheirBytes(t *testing.T) {
	t.Parallel()
	body := cell("a", "SELECT repeat('x', 10000) AS x FROM numbers(100)") + cell("b", "SELECT repeat('x', 10000) AS x FROM numbers(100)")
	tried := try(t, newSources(t), "", body, runner.Trial{Rows: 100, Bytes: 200_000})
	for name, result := range tried.Results {
		if n := len(result.Rows); n < 9 || n > 11 || !result.More {
			t.Errorf("%s: %d rows, more %v", name, n, result.More)
		}
	}
}

func TestALimitOfTheSourceIsToldInATrial(t *testing.T) {
	t.Parallel()
	all := newSources(t)
	all.limits = map[string]runner.Limits{"warehouse": {Limits: source.Limits{Rows: 5}, Cut: true}}
	tried := try(t, all, "", cell("a", "SELECT number AS n FROM numbers(100)"), runner.Trial{Rows: 10, Bytes: wide})
	if len(tried.Results["a"].Rows) != 5 || !tried.Cells[0].Cut || len(tried.Notes) != 1 || !strings.Contains(tried.Notes[0], "limit of the source") {
		t.Errorf("%v, notes %v", tried.Results["a"].Rows, tried.Notes)
	}
}

func TestATrialOfACellThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, err := newRunner(t, newSources(t)).PrepareTrial(t.Context(), runner.Request{Report: compile(t, "", cell("a", "SELECT 1"))}, runner.Trial{Cell: "b", Rows: 1, Bytes: 1})
	if !fault.IsInvalid(err) {
		t.Error(err)
	}
}

func TestATrialOfACellAsksForNothingElse(t *testing.T) {
	t.Parallel()
	all := newSources(t)
	body := cell("broken", "SELECT nothing") + cell("a", "SELECT 1 AS x") + cell("b", "SELECT * FROM {{ table \"a\" }}")
	tried := try(t, all, "", body, runner.Trial{Cell: "b", Rows: 10, Bytes: wide})
	if len(tried.Cells) != 2 || !slices.Equal(all.asked, []string{"warehouse Query", "warehouse Query"}) {
		t.Errorf("%v ran, asked %v", tried.Cells, all.asked)
	}
}

func TestATrialIsBoundedByWhatItShows(t *testing.T) {
	t.Parallel()
	named := fmt.Sprintf("Array(Tuple(%s UInt8, b UInt8))", strings.Repeat("n", 1000))
	for sql, most := range map[string]int{
		"SELECT " + strings.Repeat("toUInt8(1), ", 99) + "toUInt8(1) FROM numbers(1000)":             330, // one byte each as they travel
		fmt.Sprintf("SELECT CAST(arrayMap(n -> (1, 2), range(20000)), '%s') AS a", named):            0,   // each name is told 20 000 times
		fmt.Sprintf("SELECT CAST(arrayMap(n -> (1, 2), range(100)), '%s') FROM numbers(100)", named): 10,
	} {
		result := try(t, newSources(t), "", cell("a", sql), runner.Trial{Rows: 1000, Bytes: wide}).Results["a"]
		if n := len(result.Rows); n > most || n < most*9/10 || !result.More {
			t.Errorf("%.60s: %d rows, more %v", sql, n, result.More)
		}
	}
}

func TestProseDoesNotShowWhatIsTooLong(t *testing.T) {
	t.Parallel()
	r := runner.New(runner.Options{Sources: newSources(t), WorkDir: t.TempDir()})
	body := "{{ value \"a\" \"x\" }}\n\n" + cell("a", "SELECT range(400000) AS x")
	prepared, err := r.PrepareTrial(t.Context(), runner.Request{Report: compile(t, "", body)}, runner.Trial{Rows: 10, Bytes: wide})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := prepared.Execute(t.Context()); err == nil || !strings.Contains(err.Error(), "too long to stand in a text") {
		t.Error(err)
	}
}
