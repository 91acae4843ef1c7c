package accounts

import (
	"context"
	"encoding/hex"
	"net/netip"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Attempts to sign in are slowed down by who is tried from where: after a few failures of an email from one address, after more of the
// email from anywhere, after many from one address. Nobody is locked out: waits end, what is refused meanwhile does not lengthen
// them, and an address from which somebody signed in before does not suffer from failures elsewhere.
const (
	firstWait   = 5 * time.Second // doubles with each further failure
	forgetAfter = time.Hour
	knownFor    = 90 * 24 * time.Hour
)

// bound is one thing that is throttled.
type bound struct {
	key  string        // a hash, since people type passwords into the wrong field
	free int           // failures that cost nothing
	most time.Duration // the longest wait
}

type bounds struct{ pair, email, address bound }

func boundsOf(email, address string) bounds {
	network := networkOf(address)
	return bounds{
		pair:    bound{throttleKey("pair", email+"\n"+network), 5, 15 * time.Minute},
		email:   bound{throttleKey("email", email), 50, time.Minute},
		address: bound{throttleKey("address", network), 100, time.Minute},
	}
}

func throttleKey(kind, text string) string { return kind + ":" + hex.EncodeToString(hashed(text)) }

// networkOf is the address, or its /64 for IPv6, which is what one household gets.
func networkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

func (b bounds) all() []bound { return []bound{b.pair, b.email, b.address} }

func (b bounds) keys() []string { return []string{b.pair.key, b.email.key, b.address.key} }

// decide says how long to wait, and counts the attempt as one more failure when it need not: success takes that back.
func (b bounds) decide(known map[string]people.Failures, now time.Time) (wait time.Duration) {
	succeeded := known[b.pair.key].Succeeded
	familiar := succeeded != nil && now.Sub(*succeeded) < knownFor
	for _, bound := range b.all() {
		f := known[bound.key]
		if now.Sub(f.Last) > forgetAfter {
			f.Count = 0
			known[bound.key] = f
		}
		if familiar && bound == b.email {
			continue
		}
		wait = max(wait, bound.wait(f, now))
	}
	if wait > 0 {
		return wait
	}
	for _, bound := range b.all() {
		f := known[bound.key]
		f.Count++
		known[bound.key] = f
	}
	return 0
}

// wait is what is left of the time after the last failure.
func (b bound) wait(f people.Failures, now time.Time) time.Duration {
	if f.Count < b.free {
		return 0
	}
	wait := b.most
	if doublings := f.Count - b.free; doublings < 20 {
		wait = min(firstWait<<doublings, b.most)
	}
	return max(0, min(wait, wait-now.Sub(f.Last)))
}

// admit lets an attempt to sign in through, counted as failed until succeeded is called, or is a fault.TooMany.
func (s *Service) admit(ctx context.Context, email, address string) (succeeded func(context.Context) error, err error) {
	b, now := boundsOf(email, address), s.now()
	wait, err := s.stores.SignIns.Attempt(ctx, b.keys(), now, func(known map[string]people.Failures) time.Duration { return b.decide(known, now) })
	if err != nil {
		return nil, err
	}
	if wait > 0 {
		s.logger.WarnContext(ctx, "sign-in throttled", "address", address, "wait", wait)
		seconds := int((wait + time.Second - 1) / time.Second)
		return nil, fault.Later(wait, "Too many attempts to sign in have failed: try again in %d seconds.", seconds)
	}
	return func(ctx context.Context) error {
		return s.stores.SignIns.Succeeded(ctx, []string{b.pair.key, b.email.key}, []string{b.address.key}, now)
	}, nil
}
