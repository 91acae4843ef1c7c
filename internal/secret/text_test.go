package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/vitrina-reports/vitrina/internal/secret"
)

type config struct {
	User     string
	Password secret.Text
	inner    secret.Text
}

func TestASecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	password := secret.New("hunter2")
	in := config{User: "reader", Password: password, inner: password}
	var printed bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s", "%T"} {
		for _, value := range []any{password, &password, in, &in, []secret.Text{password}, map[string]secret.Text{"a": password}, struct{ c config }{in}} {
			_, _ = fmt.Fprintf(&printed, verb+"\n", value)
		}
	}
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&printed, nil), slog.NewTextHandler(&printed, nil)} {
		slog.New(handler).Info("read", "password", password, "config", in)
	}
	for _, marshal := range []func(any) ([]byte, error){json.Marshal, yaml.Marshal} {
		b, err := marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		printed.Write(b)
	}
	_, _ = fmt.Fprintln(&printed, fmt.Errorf("cannot sign in with %v", password))
	for _, shown := range []string{"hunter2", fmt.Sprintf("%x", "hunter2"), fmt.Sprintf("%X", "hunter2"), "104 117 110"} {
		if strings.Contains(printed.String(), shown) {
			t.Errorf("%q is in what was printed:\n%s", shown, printed.String())
		}
	}
	if !strings.Contains(printed.String(), secret.Mask) {
		t.Error("nothing shows that there is a secret")
	}
}

func TestASecretIsReadFromConfiguration(t *testing.T) {
	t.Parallel()
	for name, unmarshal := range map[string]func(*config) error{
		"json": func(c *config) error { return json.Unmarshal([]byte(`{"Password": "hunter2"}`), c) },
		"yaml": func(c *config) error { return yaml.Unmarshal([]byte("password: hunter2"), c) },
	} {
		var c config
		if err := unmarshal(&c); err != nil || c.Password.Reveal() != "hunter2" {
			t.Errorf("%s: %q, %v", name, c.Password.Reveal(), err)
		}
	}
}

func TestAnEmptySecretIsSeenToBeEmpty(t *testing.T) {
	t.Parallel()
	var none secret.Text
	if none.Reveal() != "" || fmt.Sprint(none) != "" || !none.IsZero() || !none.Equal(secret.New("")) {
		t.Errorf("%q, %v", none.Reveal(), none)
	}
	if secret.New("a").Equal(none) || secret.New("a").Equal(secret.New("b")) || !secret.New("a").Equal(secret.New("a")) {
		t.Error("secrets are compared wrongly")
	}
}
