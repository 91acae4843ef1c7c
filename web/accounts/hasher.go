package accounts

import (
	"context"
	"sync"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// hashing is OWASP's choice for argon2id with the least memory (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.
var hashing = argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hasher hashes few passwords at once, since each takes memory and a core; the others wait their turn.
type hasher struct {
	turns *semaphore.Weighted
	dummy func() (string, error) // hash of a password nobody knows
}

func newHasher(atOnce int) *hasher {
	return &hasher{
		turns: semaphore.NewWeighted(int64(atOnce)),
		dummy: sync.OnceValues(func() (string, error) { return argon2id.CreateHash(randomText(), &hashing) }),
	}
}

func (h *hasher) hash(ctx context.Context, password string) (hash string, err error) {
	err = h.turn(ctx, func() error {
		hash, err = argon2id.CreateHash(password, &hashing)
		return err
	})
	return hash, err
}

// matches compares the password with the hash; without a hash it takes the same time to say no. renew is set when the hash was made
// with other parameters than today's.
func (h *hasher) matches(ctx context.Context, password, hash string) (ok, renew bool, err error) {
	err = h.turn(ctx, func() error {
		known := hash != "" && len(password) <= longestPassword
		if !known {
			if hash, err = h.dummy(); err != nil {
				return err
			}
			password = ""
		}
		var made *argon2id.Params
		if ok, made, err = argon2id.CheckHash(password, hash); err != nil {
			return err
		}
		ok, renew = ok && known, *made != hashing
		return nil
	})
	return ok, renew, err
}

func (h *hasher) turn(ctx context.Context, do func() error) error {
	if err := h.turns.Acquire(ctx, 1); err != nil {
		return &fault.Error{Code: fault.Unavailable, Message: "Too many people sign in at once; try again in a moment.", Cause: err}
	}
	defer h.turns.Release(1)
	if err := do(); err != nil {
		return &fault.Error{Code: fault.Failed, Message: "The password could not be compared: what is kept of it is damaged; an administrator can give a new one.", Cause: err}
	}
	return nil
}
