package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

func TestSigningInAndOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann := h.add(t, "ann@example.com", people.Analyst)
	token, actor := h.signIn(t, " Ann@Example.com ", somePassword)
	other, _, err := h.SignIn(t.Context(), "ann@example.com", somePassword, there)
	succeeds(t, err)
	if actor.ID != ann.ID || actor.Via != people.BySession || actor.Address != here.Address || actor.Session == "" || len(token) < 43 {
		t.Errorf("%+v", actor)
	}
	again, err := h.Authenticate(t.Context(), token, "203.0.113.5")
	if err != nil || again.ID != ann.ID || again.Session != actor.Session || again.Address != "203.0.113.5" {
		t.Errorf("%+v, %v", again, err)
	}
	sessions, err := h.MySessions(t.Context(), actor)
	if err != nil || len(sessions) != 2 {
		t.Errorf("%v, %v", sessions, err)
	}
	succeeds(t, h.SignOut(t.Context(), actor))
	_, err = h.Authenticate(t.Context(), token, "")
	fails(t, err, fault.Unauthenticated, "sign in")
	_, err = h.Authenticate(t.Context(), other, "")
	succeeds(t, err)
	for _, wrong := range []string{"", "x", other + "x", strings.ToUpper(other)} {
		_, err = h.Authenticate(t.Context(), wrong, "")
		fails(t, err, fault.Unauthenticated, "")
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *accounts.Options) { o.Idle, o.Life = time.Hour, 5*time.Hour })
	h.add(t, "ann@example.com", people.Member)
	token, _ := h.signIn(t, "ann@example.com", somePassword)
	for range 5 {
		_, err := h.Authenticate(t.Context(), token, "")
		succeeds(t, err)
		h.pass(59 * time.Minute)
	}
	h.pass(5 * time.Minute)
	_, err := h.Authenticate(t.Context(), token, "")
	fails(t, err, fault.Unauthenticated, "ended")
	token, _ = h.signIn(t, "ann@example.com", somePassword)
	h.pass(61 * time.Minute)
	_, err = h.Authenticate(t.Context(), token, "")
	fails(t, err, fault.Unauthenticated, "ended")
	succeeds(t, h.Sweep(t.Context()))
	if strings.Contains(h.everything(t), here.Agent) {
		t.Error("ended sessions are kept")
	}
}

// The answer is the same for who is unknown, has no password and gives a wrong one; and none of it says which.
func TestWrongSignInsTellNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	_, _, err := h.CreatePerson(t.Context(), h.admin, accounts.NewPerson{Email: "sso@example.com", Role: people.Member, NoPassword: true})
	succeeds(t, err)
	for _, c := range [][2]string{
		{"ann@example.com", otherPassword}, {"ann@example.com", ""}, {"nobody@example.com", somePassword}, {"sso@example.com", ""},
		{"sso@example.com", somePassword}, {"", ""}, {"an\x00n@example.com", somePassword}, {"\xff", "\xff"}, {strings.Repeat("a", 10000), strings.Repeat("a", 100000)},
	} {
		_, _, err := h.SignIn(t.Context(), c[0], c[1], here)
		fails(t, err, fault.Unauthenticated, "The email or the password is wrong.")
	}
}

// Whether an email is known cannot be told from the time it takes to refuse it.
func TestUnknownEmailsTakeAsLongAsWrongPasswords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	fastest := func(email string) (least time.Duration) {
		for i := range 5 {
			start := time.Now()
			_, err := h.attempt(t, email, otherPassword, fmt.Sprintf("203.0.113.%d", i))
			fails(t, err, fault.Unauthenticated, "wrong")
			if took := time.Since(start); i == 0 || took < least {
				least = took
			}
		}
		return least
	}
	known, unknown := fastest("ann@example.com"), fastest("nobody@example.com")
	if unknown < known/3 {
		t.Errorf("%v for somebody, %v for nobody", known, unknown)
	}
}

func TestWhoIsDisabledDoesNotSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann := h.add(t, "ann@example.com", people.Member)
	token, _ := h.signIn(t, "ann@example.com", somePassword)
	secret, _, err := h.CreateToken(t.Context(), ann, accounts.NewToken{Name: "t", Scopes: people.Scopes[:1]})
	succeeds(t, err)
	succeeds(t, h.DisablePerson(t.Context(), h.admin, ann.ID))
	_, err = h.Authenticate(t.Context(), token, "")
	fails(t, err, fault.Unauthenticated, "")
	_, err = h.AuthenticateToken(t.Context(), secret, "")
	fails(t, err, fault.Unauthenticated, "")
	_, _, err = h.SignIn(t.Context(), "ann@example.com", somePassword, here)
	fails(t, err, fault.Unauthenticated, "disabled")
	_, _, err = h.SignIn(t.Context(), "ann@example.com", otherPassword, here)
	fails(t, err, fault.Unauthenticated, "wrong")
	succeeds(t, h.EnablePerson(t.Context(), h.admin, ann.ID))
	h.signIn(t, "ann@example.com", somePassword)
}

func (h *house) attempt(t *testing.T, email, password, address string) (wait time.Duration, err error) {
	t.Helper()
	_, _, err = h.SignIn(t.Context(), email, password, accounts.Origin{Address: address})
	var f *fault.Error
	if errors.As(err, &f) {
		wait = f.RetryAfter
	}
	return wait, err
}

func TestFailuresAreSlowedDownButNeverLockedOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	var waits []time.Duration
	for len(waits) < 12 {
		wait, err := h.attempt(t, "ann@example.com", otherPassword, here.Address)
		if wait == 0 {
			fails(t, err, fault.Unauthenticated, "wrong")
			continue
		}
		fails(t, err, fault.TooMany, "try again in")
		if refused, err := h.attempt(t, "ann@example.com", somePassword, here.Address); refused != wait {
			t.Errorf("the right password waits %v instead of %v: %v", refused, wait, err)
		}
		waits = append(waits, wait)
		h.pass(wait)
	}
	if got := fmt.Sprint(waits); got != "[5s 10s 20s 40s 1m20s 2m40s 5m20s 10m40s 15m0s 15m0s 15m0s 15m0s]" {
		t.Error(got)
	}
	if _, err := h.attempt(t, "ann@example.com", somePassword, here.Address); err != nil {
		t.Error(err)
	}
	for range 5 { // success forgets all failures
		_, err := h.attempt(t, "ann@example.com", otherPassword, here.Address)
		fails(t, err, fault.Unauthenticated, "")
	}
	h.pass(61 * time.Minute) // and so does time
	for range 5 {
		_, err := h.attempt(t, "ann@example.com", otherPassword, here.Address)
		fails(t, err, fault.Unauthenticated, "")
	}
}

// An attacker with many addresses slows down only those who sign in from where they never did before, and for a minute at most.
func TestAnAttackDoesNotLockItsVictimOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	h.signIn(t, "ann@example.com", somePassword)
	for i := range 60 {
		_, err := h.attempt(t, "ann@example.com", otherPassword, fmt.Sprintf("203.0.113.%d", i/3))
		if i < 50 {
			fails(t, err, fault.Unauthenticated, "")
		} else {
			fails(t, err, fault.TooMany, "")
		}
	}
	wait, err := h.attempt(t, "ann@example.com", somePassword, there.Address)
	fails(t, err, fault.TooMany, "")
	if wait > time.Minute {
		t.Errorf("waits %v", wait)
	}
	if _, err := h.attempt(t, "ann@example.com", somePassword, here.Address); err != nil {
		t.Errorf("from an address she signed in from: %v", err)
	}
}

// One address cannot try many emails, whatever account of its own it signs in to meanwhile; IPv6 is counted by network.
func TestAnAddressIsSlowedDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	for i := range 100 {
		_, err := h.attempt(t, fmt.Sprintf("p%d@example.com", i), otherPassword, fmt.Sprintf("2001:db8:1:2::%x", i))
		fails(t, err, fault.Unauthenticated, "")
		if i%10 == 0 {
			_, err := h.attempt(t, "ann@example.com", somePassword, "2001:db8:1:2::ffff")
			succeeds(t, err)
		}
	}
	_, err := h.attempt(t, "another@example.com", otherPassword, "2001:db8:1:2:ffff::1")
	fails(t, err, fault.TooMany, "")
	_, err = h.attempt(t, "another@example.com", otherPassword, "2001:db8:1:3::1")
	fails(t, err, fault.Unauthenticated, "")
}

func TestAttemptsAtOnceDoNotPassTheThrottle(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	second := accounts.New(h.options(t)) // another process
	counts := map[fault.Code]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range 24 {
		service := []*accounts.Service{h.Service, second}[i%2]
		all.Go(func() {
			_, _, err := service.SignIn(t.Context(), "ann@example.com", otherPassword, here)
			mu.Lock()
			defer mu.Unlock()
			counts[fault.CodeOf(err)]++
		})
	}
	all.Wait()
	if counts[fault.Unauthenticated] != 5 || counts[fault.TooMany] != 19 {
		t.Errorf("%v", counts)
	}
}

func TestHashingWaitsForItsTurnNoLongerThanTheRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := h.SignIn(ctx, "ann@example.com", somePassword, here); err == nil {
		t.Error("signed in after the end of the request")
	}
}

func TestOldHashesAreMadeAnew(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	conn, err := pgx.Connect(t.Context(), h.dsn)
	succeeds(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	old, err := argon2id.CreateHash(somePassword, &argon2id.Params{Memory: 8 << 10, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	succeeds(t, err)
	_, err = conn.Exec(t.Context(), "UPDATE people SET password_hash = $1 WHERE email = 'ann@example.com'", old)
	succeeds(t, err)
	for range 2 {
		h.signIn(t, "ann@example.com", somePassword)
		var hash string
		succeeds(t, conn.QueryRow(t.Context(), "SELECT password_hash FROM people WHERE email = 'ann@example.com'").Scan(&hash))
		if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("%.40s", hash)
		}
	}
	_, err = conn.Exec(t.Context(), "UPDATE people SET password_hash = 'damaged' WHERE email = 'ann@example.com'")
	succeeds(t, err)
	_, _, err = h.SignIn(t.Context(), "ann@example.com", somePassword, here)
	fails(t, err, fault.Failed, "damaged")
}

var readable = regexp.MustCompile(`^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$`)

func TestTheFirstStartMakesOneAdministrator(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if password, created, err := h.Bootstrap(t.Context(), "second@example.com"); err != nil || created || password != "" {
		t.Errorf("%v, %v", created, err)
	}
	if h.admin.Role != people.Administrator || h.admin.Temporary {
		t.Errorf("%+v", h.admin)
	}
	password, err := h.ResetPassword(t.Context(), h.admin, h.admin.ID)
	if err != nil || !readable.MatchString(password) {
		t.Errorf("%v", err)
	}
	if _, actor := h.signIn(t, adminEmail, password); !actor.Temporary {
		t.Error("the password need not be changed")
	}
}
