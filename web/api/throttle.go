package api

import (
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	burst      = 4                // seconds' worth of requests at once
	forget     = 10 * time.Minute // after which somebody who asks nothing is forgotten
	sweepEvery = time.Minute
)

// limiter bounds the requests of each person.
type limiter struct {
	perSecond int
	now       func() time.Time

	mu    sync.Mutex
	known map[string]*allowance
	swept time.Time
}

type allowance struct {
	*rate.Limiter
	seen time.Time
}

func newLimiter(perSecond int, now func() time.Time) *limiter {
	return &limiter{perSecond: perSecond, now: now, known: map[string]*allowance{}, swept: now()}
}

// wait is how long one more request of the key has to wait; 0 for not at all.
func (l *limiter) wait(key string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	l.sweep(now)
	known := l.known[key]
	if known == nil {
		known = &allowance{Limiter: rate.NewLimiter(rate.Limit(l.perSecond), burst*l.perSecond)}
		l.known[key] = known
	}
	known.seen = now
	reservation := known.ReserveN(now, 1)
	delay := reservation.DelayFrom(now)
	if delay > 0 {
		reservation.CancelAt(now)
	}
	return delay
}

func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < sweepEvery {
		return
	}
	l.swept = now
	for key, known := range l.known {
		if now.Sub(known.seen) > forget {
			delete(l.known, key)
		}
	}
}

// throttle bounds requests by person, or by address where nobody has signed in.
func (s *server) throttle(c *gin.Context) {
	v := visitOf(c)
	key := "address " + v.address
	if v.actor != nil {
		key = "person " + v.actor.ID
	}
	if delay := s.limiter.wait(key); delay > 0 {
		s.fail(c, fault.Later(delay, "Too many requests: wait a moment."))
	}
}
