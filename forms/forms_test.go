package forms

import (
	"context"
	"errors"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// thursday is 13 February 2025, 15:04:05 in Berlin.
func thursday(t testing.TB) Env {
	return at(t, "Europe/Berlin", "2025-02-13T15:04:05+01:00")
}

func at(t testing.TB, zone, now string) Env {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	moment, err := time.Parse(time.RFC3339, now)
	if err != nil {
		t.Fatal(err)
	}
	return Env{Now: moment, Location: location}
}

// readOne parses a form of one field, which gets the name f.
func readOne(env Env, field Field, raw any) (Value, error) {
	field.Name = "f"
	values, err := Parse(context.Background(), Form{field}, Raw{"f": raw}, env)
	return values["f"], err
}

// oneMistake is the only mistake of an error that Parse returned.
func oneMistake(t testing.TB, err error) string {
	t.Helper()
	var errs Errors
	if !errors.As(err, &errs) || len(errs) != 1 {
		t.Fatalf("got %v, want one mistake", err)
	}
	if fault.CodeOf(err) != fault.Invalid {
		t.Errorf("got code %s, want %s", fault.CodeOf(err), fault.Invalid)
	}
	return errs[0].Message
}

// reading is a case of one field: a raw value and what comes of it, data or a mistake.
type reading struct {
	raw     any
	data    any
	mistake string
}

func testReadings(t *testing.T, env Env, field Field, cases map[string]reading) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value, err := readOne(env, field, c.raw)
			if c.mistake != "" {
				if got := oneMistake(t, err); got != c.mistake {
					t.Errorf("got  %s\nwant %s", got, c.mistake)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.data, value.Data); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
