package app

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// thing counts how often it was closed.
type thing struct{ closed int }

func (t *thing) Close() error {
	t.closed++
	return nil
}

func TestManyWhoAskOpenOne(t *testing.T) {
	t.Parallel()
	s, gate, opened := newShared[*thing](), make(chan struct{}), 0
	open := func(context.Context) (*thing, error) {
		<-gate
		opened++
		return &thing{}, nil
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if got, err := s.get(t.Context(), "a", open); err != nil || got == nil {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
	close(gate)
	all.Wait()
	got, err := s.get(t.Context(), "a", open)
	if err != nil || opened != 1 {
		t.Errorf("opened %d times, %v", opened, err)
	}
	if err := s.close(); err != nil || got.closed != 1 {
		t.Errorf("closed %d times, %v", got.closed, err)
	}
	if _, err := s.get(t.Context(), "a", open); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("after close: %v", err)
	}
}

// Opening one holds up neither those who ask for another, nor those who do not want to wait, nor close.
func TestASlowStartHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	s, started := newShared[*thing](), make(chan struct{})
	slow := func(ctx context.Context) (*thing, error) {
		close(started)
		<-ctx.Done()
		return nil, ctx.Err()
	}
	waiting := make(chan error, 1)
	go func() {
		_, err := s.get(t.Context(), "slow", slow)
		waiting <- err
	}()
	<-started
	if _, err := s.get(t.Context(), "quick", func(context.Context) (*thing, error) { return &thing{}, nil }); err != nil {
		t.Error(err)
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.get(impatient, "slow", slow); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("got %v", err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAFailedOpeningIsTriedAgain(t *testing.T) {
	t.Parallel()
	s, down := newShared[*thing](), errors.New("down")
	if _, err := s.get(t.Context(), "a", func(context.Context) (*thing, error) { return nil, down }); !errors.Is(err, down) {
		t.Errorf("got %v", err)
	}
	if got, err := s.get(t.Context(), "a", func(context.Context) (*thing, error) { return &thing{}, nil }); err != nil || got == nil {
		t.Errorf("got %v, %v", got, err)
	}
}
