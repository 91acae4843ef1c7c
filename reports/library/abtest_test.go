package library_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
)

// sample is one metric of one group.
type sample []float64

func (s sample) mean() float64 {
	sum := 0.0
	for _, x := range s {
		sum += x
	}
	return sum / float64(len(s))
}

func (s sample) variance() float64 {
	mean, sum := s.mean(), 0.0
	for _, x := range s {
		sum += (x - mean) * (x - mean)
	}
	return sum / float64(len(s)-1)
}

// share is 1 for people with the thing and 0 for others.
func (s sample) share() sample {
	shares := make(sample, len(s))
	for i, x := range s {
		shares[i] = min(x, 1)
	}
	return shares
}

type outcome struct{ difference, low, high, p float64 }

// welch is the two-sided t-test of Welch (1947).
func welch(a, b sample, confidence float64) outcome {
	va, vb := a.variance()/float64(len(a)), b.variance()/float64(len(b))
	difference, deviation := a.mean()-b.mean(), math.Sqrt(va+vb)
	df := (va + vb) * (va + vb) / (va*va/float64(len(a)-1) + vb*vb/float64(len(b)-1))
	margin := studentQuantile((1+confidence)/2, df) * deviation
	return outcome{difference, difference - margin, difference + margin, 2 * (1 - student(math.Abs(difference/deviation), df))}
}

// proportions is the two-sided z-test, with the pooled share for p and each group's own for the interval.
func proportions(a, b sample, confidence float64) outcome {
	pa, pb, na, nb := a.mean(), b.mean(), float64(len(a)), float64(len(b))
	pooled := (pa*na + pb*nb) / (na + nb)
	z := (pa - pb) / math.Sqrt(pooled*(1-pooled)*(1/na+1/nb))
	margin := math.Sqrt2 * math.Erfinv(confidence) * math.Sqrt(pa*(1-pa)/na+pb*(1-pb)/nb)
	return outcome{pa - pb, pa - pb - margin, pa - pb + margin, math.Erfc(math.Abs(z) / math.Sqrt2)}
}

// student is the distribution function of t for t >= 0, by Simpson's rule over the density.
func student(t, df float64) float64 {
	g1, _ := math.Lgamma((df + 1) / 2)
	g2, _ := math.Lgamma(df / 2)
	density := func(x float64) float64 {
		return math.Exp(g1-g2-(df+1)/2*math.Log1p(x*x/df)) / math.Sqrt(df*math.Pi)
	}
	const steps = 20_000
	h, sum := t/steps, density(0)+density(t)
	for i := 1; i < steps; i++ {
		sum += density(float64(i)*h) * float64(2+2*(i%2))
	}
	return 0.5 + sum*h/3
}

func studentQuantile(p, df float64) float64 {
	low, high := 0.0, 1000.0
	for high-low > 1e-10 {
		if middle := (low + high) / 2; student(middle, df) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

func TestFormulasOfTheTestAreRight(t *testing.T) {
	t.Parallel()
	// Values of the printed tables.
	for _, c := range []struct{ got, want float64 }{
		{studentQuantile(0.975, 10), 2.2281}, {studentQuantile(0.995, 5), 4.0321}, {studentQuantile(0.95, 120), 1.6577},
		{student(1.812461, 10), 0.95}, {math.Sqrt2 * math.Erfinv(0.95), 1.959964},
	} {
		if math.Abs(c.got-c.want) > 1e-4 {
			t.Errorf("got %v, the table says %v", c.got, c.want)
		}
	}
}

// facts are what a person did, counted from the raw tables one by one.
func facts(t *testing.T, since, until string) (groups map[uint64]string, metrics map[string]map[uint64]float64) {
	t.Helper()
	conn := openDemo(t)
	groups = map[uint64]string{}
	rows, err := conn.Query(t.Context(), `
		SELECT user_id, group_name FROM experiment_groups AS g INNER JOIN users AS u ON u.id = g.user_id
		WHERE experiment = 'barcode_on_home' AND NOT is_staff`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var id uint64
		var group string
		if err := rows.Scan(&id, &group); err != nil {
			t.Fatal(err)
		}
		groups[id] = group
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	metrics = map[string]map[uint64]float64{}
	for metric, query := range map[string]string{
		"visits":       "SELECT groupArray(user_id) FROM events WHERE event_name = 'app_open' AND toString(toTimeZone(time, 'Europe/Moscow')) ",
		"cards":        "SELECT groupArray(user_id) FROM cards WHERE toString(toTimeZone(issued_at, 'Europe/Moscow')) ",
		"unsubscribes": "SELECT groupArray(user_id) FROM unsubscribes WHERE toString(toTimeZone(unsubscribed_at, 'Europe/Moscow')) ",
		"contacts":     "SELECT groupArray(user_id) FROM support_contacts WHERE toString(toTimeZone(created_at, 'Europe/Moscow')) ",
	} {
		counts := map[uint64]float64{}
		for _, id := range one[[]uint64](t, conn, query+"BETWEEN '"+since+" 00:00:00' AND '"+until+" 23:59:59'") {
			counts[id]++
		}
		metrics[metric] = counts
	}
	return groups, metrics
}

func TestNumbersOfTheTestAreRight(t *testing.T) {
	t.Parallel()
	endpoint := demoEndpoint(t)
	groups, metrics := facts(t, "2025-09-01", "2025-09-28")
	samples := func(metric, group string) sample {
		var s sample
		for id, g := range groups {
			if g == group {
				s = append(s, metrics[metric][id])
			}
		}
		return s
	}
	for _, confidence := range []float64{0.90, 0.95, 0.99} {
		header, rows := csvOf(t, run(t, endpoint, "ab-test.md", forms.Raw{"confidence": strconv.Itoa(int(math.Round(100 * confidence)))}))
		if len(rows) != 14 {
			t.Fatalf("%d comparisons", len(rows))
		}
		for i, row := range rows {
			group, metric := column(t, header, rows, "group_name")[i], column(t, header, rows, "metric")[i]
			want, scale := expected(t, metric, func(of string) (sample, sample) { return samples(of, group), samples(of, "control") }, confidence)
			for name, value := range map[string]float64{
				"difference": scale * want.difference, "interval_from": scale * want.low, "interval_to": scale * want.high, "p_value": want.p,
			} {
				got, err := strconv.ParseFloat(column(t, header, rows, name)[i], 64)
				if err != nil {
					t.Fatalf("%v in %q", err, row)
				}
				if math.Abs(got-value) > 1.01e-4 || name == "p_value" && math.Abs(got-value) > 1.01e-6 {
					t.Errorf("%s, %s, %v: %s is %v, should be %v", group, metric, confidence, name, got, value)
				}
			}
		}
	}
}

// expected is the outcome of one comparison, and what it is multiplied by for people to read.
func expected(t *testing.T, metric string, pair func(of string) (group, control sample), confidence float64) (outcome, float64) {
	t.Helper()
	average := map[string]string{"Visits per person": "visits", "Cards added per person": "cards", "Contacts with support per person": "contacts"}
	if of, ok := average[metric]; ok {
		group, control := pair(of)
		return welch(group, control, confidence), 1
	}
	shares := map[string]string{
		"Visited at all, %": "visits", "Added a card, %": "cards", "Unsubscribed, %": "unsubscribes", "Wrote to support, %": "contacts",
	}
	of, ok := shares[metric]
	if !ok {
		t.Fatalf("the metric %q is not known here", metric)
	}
	group, control := pair(of)
	return proportions(group.share(), control.share(), confidence), 100
}

// The demo hides an effect in one group; the report finds it there and nowhere else.
func TestTheEffectIsFoundWhereItIs(t *testing.T) {
	t.Parallel()
	header, rows := csvOf(t, run(t, demoEndpoint(t), "ab-test.md", nil))
	for i, verdict := range column(t, header, rows, "verdict") {
		group, metric := column(t, header, rows, "group_name")[i], column(t, header, rows, "metric")[i]
		want := "no difference seen"
		switch metric {
		case "Visits per person", "Visited at all, %", "Cards added per person", "Added a card, %":
			if group == "big barcode" {
				want = "higher"
			}
		}
		if verdict != want {
			t.Errorf("%s, %s: %s, should be %s", group, metric, verdict, want)
		}
	}
}

func TestHandfulsOfPeopleTellNothing(t *testing.T) {
	t.Parallel()
	header, rows := csvOf(t, run(t, demoEndpoint(t), "ab-test.md", forms.Raw{"experiment": "tiny_pilot"}))
	for i, verdict := range column(t, header, rows, "verdict") {
		p, corrected := column(t, header, rows, "p_value")[i], column(t, header, rows, "p_corrected")[i]
		if verdict != "too few people to tell" || p != corrected || p != "" && p != `\N` && p != "NULL" {
			t.Errorf("%q with p = %q, corrected %q", verdict, p, corrected)
		}
	}
}
