package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
)

// office is the configuration of a Postgres of the test's own.
func office(t *testing.T) string {
	t.Helper()
	return write(t, "vitrina.yaml", "database: \""+pgtest.DSN(t)+"\"")
}

// at runs a command line on the configuration, with input.
func at(t *testing.T, config, input string, args ...string) outcome {
	t.Helper()
	return vitrinaWith(t.Context(), strings.NewReader(input), append(args, "--config", config, "--data", t.TempDir())...)
}

func done(t *testing.T, got outcome, words string) string {
	t.Helper()
	if got.code != exitDone || !strings.Contains(got.err, words) {
		t.Fatalf("%+v", got)
	}
	return got.out
}

var madeUp = regexp.MustCompile(`^[a-z2-9]{5}(-[a-z2-9]{5}){3}\n$`)

func TestPeopleAreManagedOnTheCommandLine(t *testing.T) {
	t.Parallel()
	config := office(t)
	password := done(t, at(t, config, "", "user", "add", "Root@example.com", "--name", "Root", "--role", "administrator"), "root@example.com was added as administrator")
	if !madeUp.MatchString(password) {
		t.Errorf("%q", password)
	}
	if out := done(t, at(t, config, "a password of hers\n", "user", "add", "ann@example.com", "--password"), "added as member"); out != "" {
		t.Errorf("%q", out)
	}
	done(t, at(t, config, "", "user", "role", "ann@example.com", "analyst"), "ann@example.com is now analyst")
	done(t, at(t, config, "another password\r\nignored", "user", "password", "ann@example.com"), "another password; their sessions have ended")
	if out := done(t, at(t, config, "", "user", "password", "ann@example.com", "--new"), ""); !madeUp.MatchString(out) {
		t.Errorf("%q", out)
	}
	done(t, at(t, config, "", "user", "disable", "ann@example.com"), "ann@example.com is disabled")
	if out := done(t, at(t, config, "", "user", "list"), ""); out != "ann@example.com\tanalyst\tdisabled\t\t\nroot@example.com\tadministrator\tenabled\tRoot\t\n" {
		t.Errorf("%q", out)
	}
	done(t, at(t, config, "", "user", "enable", "ann@example.com"), "ann@example.com is enabled")
	var listed []map[string]any
	if err := json.Unmarshal([]byte(done(t, at(t, config, "", "user", "list", "--json", "--search", "ann"), "")), &listed); err != nil || len(listed) != 1 {
		t.Fatalf("%v, %v", listed, err)
	}
	if ann := listed[0]; ann["email"] != "ann@example.com" || ann["role"] != "analyst" || ann["disabled"] != nil || ann["id"] == "" {
		t.Errorf("%v", ann)
	}
}

func TestTokensAreManagedOnTheCommandLine(t *testing.T) {
	t.Parallel()
	config := office(t)
	done(t, at(t, config, "", "user", "add", "robot@example.com"), "")
	secret := done(t, at(t, config, "", "token", "create", "robot@example.com", "--name", "nightly", "--scope", "read,run", "--expires", "12h"), "is valid until")
	if !regexp.MustCompile(`^vtr_[0-9A-Za-z]{49}\n$`).MatchString(secret) {
		t.Errorf("%q", secret)
	}
	done(t, at(t, config, "", "token", "create", "robot@example.com", "--name", "endless", "--expires", "never"), "does not expire")
	var listed []struct{ ID, Person, Name, Hint, Revoked string }
	if err := json.Unmarshal([]byte(done(t, at(t, config, "", "token", "list", "--json", "--person", "robot@example.com"), "")), &listed); err != nil || len(listed) != 2 {
		t.Fatalf("%v, %v", listed, err)
	}
	nightly := listed[1]
	if nightly.Name != "nightly" || !strings.HasPrefix(secret, nightly.Hint) || nightly.Person != "robot@example.com" {
		t.Errorf("%+v", nightly)
	}
	done(t, at(t, config, "", "token", "revoke", nightly.ID), "revoked")
	out := done(t, at(t, config, "", "token", "list"), "")
	if !strings.Contains(out, "nightly\tread,run\trevoked\n") || !strings.Contains(out, "endless\trun\tvalid\n") || strings.Contains(out, strings.TrimSpace(secret)) {
		t.Errorf("%q", out)
	}
}

func TestWrongUsersAndTokens(t *testing.T) {
	t.Parallel()
	config := office(t)
	done(t, at(t, config, "", "user", "add", "root@example.com", "--role", "administrator"), "")
	for name, c := range map[string]struct {
		input string
		args  []string
		want  string
	}{
		"no command":         {"", []string{"user", "frobnicate"}, `no command "frobnicate" of vitrina user`},
		"nobody named":       {"", []string{"user", "add"}, "give an email"},
		"no email":           {"", []string{"user", "add", "ann"}, "no email address"},
		"no role":            {"", []string{"user", "add", "ann@example.com", "--role", "owner"}, `"owner"`},
		"taken":              {"", []string{"user", "add", "ROOT@example.com"}, "already"},
		"weak":               {"short\n", []string{"user", "add", "ann@example.com", "--password"}, "at least 10"},
		"no password":        {"", []string{"user", "password", "root@example.com"}, "no password on standard input"},
		"a password given":   {"", []string{"user", "password", "root@example.com", secret}, "a password is no argument"},
		"unknown":            {"", []string{"user", "disable", "ann@example.com"}, "Nobody has the email ann@example.com"},
		"last administrator": {"", []string{"user", "disable", "root@example.com"}, "last administrator"},
		"demoted":            {"", []string{"user", "role", "root@example.com", "member"}, "last administrator"},
		"role without a":     {"", []string{"user", "role", "root@example.com"}, "give an email and a role"},
		"no token":           {"", []string{"token", "revoke", "1"}, "no such token"},
		"no name":            {"", []string{"token", "create", "root@example.com"}, "name"},
		"no scope":           {"", []string{"token", "create", "root@example.com", "--name", "t", "--scope", "all"}, `"all"`},
		"no time":            {"", []string{"token", "create", "root@example.com", "--name", "t", "--expires", "soon"}, "--expires soon"},
		"no time at all":     {"", []string{"token", "create", "root@example.com", "--name", "t", "--expires", "-1d"}, "--expires -1d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := at(t, config, c.input, c.args...)
			refused(t, got, c.want)
			if strings.Contains(got.err, secret) {
				t.Errorf("prints the password: %s", got.err)
			}
		})
	}
	broken := write(t, "vitrina.yaml", "database: \"postgres://u:"+secret+"@127.0.0.1:1/db\"")
	if got := at(t, broken, "", "user", "list"); got.code != exitFailed || !strings.Contains(got.err, "refused") || strings.Contains(got.err, secret) {
		t.Errorf("%+v", got)
	}
}
