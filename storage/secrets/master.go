package secrets

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/secret"
)

const masterBytes = 32

// Master is the key that seals the keyring. It is printed as its fingerprint and the place where it was found.
type Master struct {
	key    secret.Text // its bytes
	origin string
}

// MasterFromConfig reads the value of secrets_key: 32 bytes in base64.
func MasterFromConfig(text string) (Master, error) { return parseMaster(text, "secrets_key") }

func parseMaster(text, origin string) (Master, error) {
	text = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimSpace(text)), "=")
	key, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(key) != masterBytes {
		return Master{}, fault.New(fault.Invalid, "The master key in %s is not 32 bytes in base64. A new one is made with: openssl rand -base64 32", origin)
	}
	return Master{secret.New(string(key)), origin}, nil
}

// newMaster also returns the key as it is written down.
func newMaster(origin string) (Master, string) {
	key := make([]byte, masterBytes)
	_, _ = rand.Read(key) // never fails
	return Master{secret.New(string(key)), origin}, base64.StdEncoding.EncodeToString(key)
}

// Fingerprint names the key and tells nothing of it: 12 hex digits.
func (m Master) Fingerprint() string {
	if m.key.IsZero() {
		return "none"
	}
	sum := sha256.Sum256([]byte("vitrina master key " + m.key.Reveal()))
	return hex.EncodeToString(sum[:6])
}

func (m Master) aead() (tink.AEAD, error) {
	if m.key.IsZero() {
		return nil, fault.New(fault.Invalid, "There is no master key for the secrets: set secrets_key.")
	}
	return subtle.NewAESGCM([]byte(m.key.Reveal()))
}

func (m Master) String() string { return m.Fingerprint() + " from " + m.origin }

// Format answers every verb with the fingerprint.
func (m Master) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, m.String()) }

func (m Master) LogValue() slog.Value { return slog.StringValue(m.String()) }

func (m Master) MarshalText() ([]byte, error) { return []byte(m.String()), nil }
