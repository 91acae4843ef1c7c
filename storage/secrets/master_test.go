package secrets_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/secrets"
)

func TestAWrongMasterKeyIsToldWithBothFingerprints(t *testing.T) {
	t.Parallel()
	store := new(memory)
	keyring(t, store, master(t, 1))
	_, err := secrets.OpenKeyring(t.Context(), store, master(t, 2))
	if fault.CodeOf(err) != fault.Invalid {
		t.Fatal(err)
	}
	for _, wanted := range []string{master(t, 1).Fingerprint(), master(t, 2).Fingerprint(), "secrets_key"} {
		if !strings.Contains(err.Error(), wanted) {
			t.Errorf("%q is not in %q", wanted, err)
		}
	}
	if _, err := secrets.OpenKeyring(t.Context(), store, secrets.Master{}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("no master key: %v", err)
	}
	if _, err := secrets.OpenKeyring(t.Context(), new(memory), secrets.Master{}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("no master key for a new keyring: %v", err)
	}
}

func TestADamagedKeyringIsToldInWords(t *testing.T) {
	t.Parallel()
	store := new(memory)
	keyring(t, store, master(t, 1))
	var stored map[string]any
	if err := json.Unmarshal(store.blob, &stored); err != nil {
		t.Fatal(err)
	}
	swapped, err := json.Marshal(map[string]any{"format": 1, "master": stored["master"], "seal": stored["sign"], "sign": stored["seal"]})
	if err != nil {
		t.Fatal(err)
	}
	for _, blob := range [][]byte{nil, []byte("{}"), []byte("x"), store.blob[:len(store.blob)-9], bytes.Replace(store.blob, []byte(`seal":"`), []byte(`seal":"AAAA`), 1), swapped} {
		_, err := secrets.OpenKeyring(t.Context(), &memory{blob: blob, version: 1}, master(t, 1))
		if fault.CodeOf(err) != fault.Failed || !strings.Contains(fmt.Sprint(err), "damaged") {
			t.Errorf("%q: %v", blob, err)
		}
	}
	newer := bytes.Replace(store.blob, []byte(`"format":1`), []byte(`"format":2`), 1)
	if _, err := secrets.OpenKeyring(t.Context(), &memory{blob: newer, version: 1}, master(t, 1)); !strings.Contains(fmt.Sprint(err), "newer version") {
		t.Errorf("%v", err)
	}
}

func TestTheMasterKeyIsChangedWithoutChangingSecrets(t *testing.T) {
	t.Parallel()
	store := new(memory)
	k, other := keyring(t, store, master(t, 1)), keyring(t, store, master(t, 1))
	sealed, signature := seal(t, k, dsn, purpose), k.Sign([]byte("a"), "link")
	if err := k.ChangeMaster(t.Context(), master(t, 3), master(t, 2)); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("changed with a wrong key: %v", err)
	}
	for range 2 { // the second time by somebody who does not know of the first
		if err := k.ChangeMaster(t.Context(), master(t, 1), master(t, 2)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := secrets.OpenKeyring(t.Context(), store, master(t, 1)); err == nil {
		t.Error("the old master key opens the keyring")
	}
	rotate(t, k)
	for _, opener := range []*secrets.Keyring{k, keyring(t, store, master(t, 2))} {
		wantsOpen(t, opener, sealed, purpose, dsn)
		if !opener.Verify(t.Context(), signature, []byte("a"), "link") {
			t.Error("a signature does not hold any more")
		}
	}
	wantsOpen(t, other, sealed, purpose, dsn) // it works on
	if _, err := other.Open(t.Context(), seal(t, k, dsn, purpose), purpose); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a new key under a master key that the process does not have: %v", err)
	}
}

func TestAMasterKeyIsReadInEveryBase64(t *testing.T) {
	t.Parallel()
	key := bytes.Repeat([]byte{0xfb, 0xff}, 16)
	var prints []string
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		m, err := secrets.MasterFromConfig(" " + encoding.EncodeToString(key) + "\n")
		if err != nil {
			t.Fatal(err)
		}
		if prints = append(prints, m.Fingerprint()); m.Fingerprint() != prints[0] || len(prints[0]) != 12 {
			t.Errorf("the fingerprints %v", prints)
		}
	}
	for _, text := range []string{"", "hunter2", base64.StdEncoding.EncodeToString(key[:31]), base64.StdEncoding.EncodeToString(append(key, 1)), hex.EncodeToString(key)} {
		_, err := secrets.MasterFromConfig(text)
		if fault.CodeOf(err) != fault.Invalid || text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTheFileOfTheMasterKeyIsMadeOnceAndForItsOwner(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data", "master.key")
	prints, created := make([]string, 8), make([]bool, 8)
	var starts sync.WaitGroup
	for i := range prints {
		starts.Go(func() {
			m, made, err := secrets.MasterFromFile(path)
			if err != nil {
				t.Error(err)
			}
			prints[i], created[i] = m.Fingerprint(), made
		})
	}
	starts.Wait()
	makers := 0
	for i := range prints {
		if prints[i] != prints[0] {
			t.Errorf("two processes have the keys %s and %s", prints[0], prints[i])
		}
		if created[i] {
			makers++
		}
	}
	if makers != 1 {
		t.Errorf("%d processes made the file", makers)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("beside the file there is %v, %v", entries, err)
	}
}

func TestAFileOfTheMasterKeyThatIsWrongIsNotReplaced(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content string
		mode    os.FileMode
		words   string
	}{
		"short": {"aHVudGVyMg==", 0o600, "not 32 bytes"},
		"empty": {"", 0o600, "not 32 bytes"},
		"open":  {masterText(1), 0o644, "chmod 600"},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(c.content), c.mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		_, created, err := secrets.MasterFromFile(path)
		if created || fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), c.words) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != c.content {
			t.Errorf("%s: the file has %q now, %v", name, got, err)
		}
	}
}

func TestNoKeyIsPrinted(t *testing.T) {
	t.Parallel()
	m := master(t, 0x5a)
	store := new(memory)
	k := keyring(t, store, m)
	holder := struct{ master secrets.Master }{m}
	var printed bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, value := range []any{m, &m, holder, &holder, k, *new([]any{m, k})} {
			_, _ = fmt.Fprintf(&printed, verb+"\n", value)
		}
	}
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&printed, nil), slog.NewTextHandler(&printed, nil)} {
		slog.New(handler).Info("start", "master", m, "keyring", k, "holder", holder)
	}
	printed.Write(store.blob)
	key := bytes.Repeat([]byte{0x5a}, 32)
	for _, shown := range []string{string(key[:8]), masterText(0x5a)[:12], hex.EncodeToString(key[:8]), "90 90 90 90", "0x5a, 0x5a"} {
		if strings.Contains(printed.String(), shown) {
			t.Errorf("%q is in what was printed:\n%s", shown, printed.String())
		}
	}
	if !strings.Contains(printed.String(), m.Fingerprint()) {
		t.Error("the fingerprint is not printed")
	}
}
