package jobs

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

// sorter makes orders of so many rows and counts them.
type sorter struct {
	rows    int
	made    int
	running int
	t       *testing.T
}

func (s *sorter) sort() (runner.Order, error) {
	s.made++ // unguarded: one at a time is what is promised
	if s.running++; s.running != 1 {
		s.t.Error("two at a time")
	}
	defer func() { s.running-- }()
	return make(runner.Order, s.rows), nil
}

func keyOf(path string, column int) orderKey { return orderKey{path, runner.Sorting{Column: column}} }

func TestAnOrderIsFoundOnce(t *testing.T) {
	t.Parallel()
	o, s := newOrders(1<<20), &sorter{rows: 10, t: t}
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if order, err := o.of(t.Context(), keyOf("a", i%4), s.sort); err != nil || len(order) != 10 {
				t.Error(order, err)
			}
		})
	}
	all.Wait()
	if _, err := o.of(t.Context(), orderKey{"a", runner.Sorting{Descending: true}}, s.sort); err != nil || s.made != 5 {
		t.Errorf("%d were sorted, %v", s.made, err)
	}
}

func TestOrdersUsedLongestAgoAreForgotten(t *testing.T) {
	t.Parallel()
	o, s := newOrders(3*(4*100+500)), &sorter{rows: 100, t: t}
	ask := func(path string, want int) {
		t.Helper()
		if _, err := o.of(t.Context(), keyOf(path, 0), s.sort); err != nil || s.made != want {
			t.Errorf("%s: %d were sorted, not %d (%v)", path, s.made, want, err)
		}
	}
	for i := range 3 {
		ask(fmt.Sprint(i), i+1)
	}
	ask("0", 3)
	ask("new", 4)
	ask("0", 4)
	ask("1", 5)
	s.rows = 1000
	ask("large", 6)
	ask("large", 7)
	ask("0", 7)
	if o.size > o.most || len(o.known) != o.recent.Len() || len(o.known) != 3 {
		t.Errorf("%d bytes, %d, %d", o.size, len(o.known), o.recent.Len())
	}
}

func TestAFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	o, s := newOrders(1<<20), &sorter{rows: 1, t: t}
	wrong := errors.New("wrong")
	if _, err := o.of(t.Context(), keyOf("a", 0), func() (runner.Order, error) { return nil, wrong }); !errors.Is(err, wrong) {
		t.Error(err)
	}
	if _, err := o.of(t.Context(), keyOf("a", 0), s.sort); err != nil || s.made != 1 {
		t.Error(err)
	}
	o.turn <- struct{}{} // somebody else sorts
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.of(ctx, keyOf("b", 0), s.sort); fault.CodeOf(err) != fault.Cancelled || s.made != 1 {
		t.Errorf("%d, %v", s.made, err)
	}
}
