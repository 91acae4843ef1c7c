package app

import (
	"context"
	"errors"
	"io"
	"sync"

	"golang.org/x/sync/singleflight"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// shared opens things by name, each once for all who ask, and keeps them until it is closed. Who waits for one thing holds up nobody
// who asks for another; what could not be opened is tried again for the next who asks.
type shared[T io.Closer] struct {
	life    context.Context // of what is being opened: it does not end with the first who asked, since others may wait too
	end     context.CancelFunc
	flights singleflight.Group

	mu      sync.Mutex
	opened  map[string]T
	retired []T
	closed  bool
	opening sync.WaitGroup // not added to once closed
}

func newShared[T io.Closer]() *shared[T] {
	s := &shared[T]{opened: map[string]T{}}
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// get returns the thing of that name, opened if need be.
func (s *shared[T]) get(ctx context.Context, name string, open func(context.Context) (T, error)) (found T, err error) {
	answer := s.flights.DoChan(name, func() (any, error) { return s.find(name, open) })
	select {
	case result := <-answer:
		found, _ = result.Val.(T)
		return found, result.Err
	case <-ctx.Done():
		return found, &fault.Error{Code: fault.Cancelled, Message: name + " was not waited for", Cause: ctx.Err()}
	}
}

func (s *shared[T]) find(name string, open func(context.Context) (T, error)) (T, error) {
	found, ok, err := s.begin(name)
	if ok || err != nil {
		return found, err
	}
	defer s.opening.Done()
	if found, err = open(s.life); err != nil {
		return found, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened[name] = found
	return found, nil
}

// begin looks whether the thing is there; if it is not, the caller opens it and then calls opening.Done.
func (s *shared[T]) begin(name string) (found T, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return found, false, fault.New(fault.Cancelled, "%s cannot be opened: Vitrina is being stopped", name)
	}
	if found, ok = s.opened[name]; !ok {
		s.opening.Add(1)
	}
	return found, ok, nil
}

// present returns the thing of that name if it is open already.
func (s *shared[T]) present(name string) (thing T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	thing, ok = s.opened[name]
	return thing, ok
}

// retire lets nobody find the thing any more. Who has it may go on using it; it is closed with the rest.
func (s *shared[T]) retire(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if thing, ok := s.opened[name]; ok {
		delete(s.opened, name)
		s.retired = append(s.retired, thing)
	}
}

// close gives up what is being opened and closes everything.
func (s *shared[T]) close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.end()
	s.opening.Wait()
	var errs []error
	for _, thing := range s.opened {
		errs = append(errs, thing.Close())
	}
	for _, thing := range s.retired {
		errs = append(errs, thing.Close())
	}
	clear(s.opened)
	s.retired = nil
	return errors.Join(errs...)
}
