package jobs

import (
	"container/list"
	"context"
	"sync"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

// ordersSize bounds the orders that a process remembers: 4 bytes for each kept row, so several hundred results of the usual size.
const ordersSize = 16 << 20

// orders remembers in which order rows were last looked at, so that they are not sorted for every page. One result is sorted at a time,
// since that takes memory.
type orders struct {
	most int // bytes
	turn chan struct{}

	mu     sync.Mutex
	size   int
	recent *list.List // of remembered, the last one used first
	known  map[orderKey]*list.Element
}

// orderKey names the order of a file of rows, which never changes.
type orderKey struct {
	path string
	by   runner.Sorting
}

type remembered struct {
	key   orderKey
	order runner.Order
}

func newOrders(most int) *orders {
	return &orders{most: most, turn: make(chan struct{}, 1), recent: list.New(), known: map[orderKey]*list.Element{}}
}

// of is the order that is known, or else the one that sort finds.
func (o *orders) of(ctx context.Context, key orderKey, sort func() (runner.Order, error)) (runner.Order, error) {
	if order, ok := o.recall(key); ok {
		return order, nil
	}
	select {
	case o.turn <- struct{}{}:
		defer func() { <-o.turn }()
	case <-ctx.Done():
		return nil, fault.New(fault.Cancelled, "The request was cancelled before the rows were sorted.")
	}
	if order, ok := o.recall(key); ok { // while this one waited
		return order, nil
	}
	order, err := sort()
	if err == nil {
		o.remember(key, order)
	}
	return order, err
}

func (o *orders) recall(key orderKey) (runner.Order, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	at, ok := o.known[key]
	if !ok {
		return nil, false
	}
	o.recent.MoveToFront(at)
	return at.Value.(remembered).order, true
}

// remember forgets those used longest ago for the new one. One that is too large is not remembered.
func (o *orders) remember(key orderKey, order runner.Order) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if sizeOf(order) > o.most {
		return
	}
	o.known[key] = o.recent.PushFront(remembered{key, order})
	for o.size += sizeOf(order); o.size > o.most; {
		last := o.recent.Remove(o.recent.Back()).(remembered)
		delete(o.known, last.key)
		o.size -= sizeOf(last.order)
	}
}

// sizeOf counts what remembering takes besides the rows too.
func sizeOf(order runner.Order) int { return 4*cap(order) + 500 }
