package secrets

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/core/cryptofmt"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// keys are the keyring as it was at one version of the store: keys that seal, AES-256-GCM, and keys that sign, HMAC-SHA256. The newest
// of each does new work; all of them open and verify.
type keys struct {
	version int64
	seal    *keyset.Handle
	sign    *keyset.Handle
	aead    tink.AEAD
	mac     tink.MAC
}

// blob is the stored form. Master is a fingerprint, to tell a wrong master key from damage.
type blob struct {
	Format int    `json:"format"`
	Master string `json:"master"`
	Seal   []byte `json:"seal"`
	Sign   []byte `json:"sign"`
}

const format = 1

// Associated data, so that one keyset cannot be put in the place of the other.
var (
	sealPurpose = []byte("vitrina keyring seal")
	signPurpose = []byte("vitrina keyring sign")
)

// renewed has a new key of each kind in front; of nil keys it makes the first ones.
func (k *keys) renewed() (*keys, error) {
	var old keys
	if k != nil {
		old = *k
	}
	seal, err := renew(old.seal, aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	sign, err := renew(old.sign, mac.HMACSHA256Tag256KeyTemplate())
	if err != nil {
		return nil, err
	}
	return newKeys(seal, sign, old.version)
}

func renew(handle *keyset.Handle, template *tinkpb.KeyTemplate) (*keyset.Handle, error) {
	manager := keyset.NewManager()
	if handle != nil {
		manager = keyset.NewManagerFromHandle(handle)
	}
	id, err := manager.Add(template)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	if err := manager.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	return manager.Handle()
}

func newKeys(seal, sign *keyset.Handle, version int64) (*keys, error) {
	sealing, err := aead.New(seal)
	if err != nil {
		return nil, fmt.Errorf("the keys that seal: %w", err)
	}
	signing, err := mac.New(sign)
	if err != nil {
		return nil, fmt.Errorf("the keys that sign: %w", err)
	}
	return &keys{version: version, seal: seal, sign: sign, aead: sealing, mac: signing}, nil
}

// wrap seals the keys under the master key.
func (k *keys) wrap(master Master) ([]byte, error) {
	key, err := master.aead()
	if err != nil {
		return nil, err
	}
	var seal, sign bytes.Buffer
	if err := k.seal.WriteWithAssociatedData(keyset.NewBinaryWriter(&seal), key, sealPurpose); err != nil {
		return nil, fmt.Errorf("sealing the keyring: %w", err)
	}
	if err := k.sign.WriteWithAssociatedData(keyset.NewBinaryWriter(&sign), key, signPurpose); err != nil {
		return nil, fmt.Errorf("sealing the keyring: %w", err)
	}
	return json.Marshal(blob{Format: format, Master: master.Fingerprint(), Seal: seal.Bytes(), Sign: sign.Bytes()})
}

func unwrap(stored []byte, version int64, master Master) (*keys, error) {
	key, err := master.aead()
	if err != nil {
		return nil, err
	}
	b, err := parseBlob(stored)
	if err != nil {
		return nil, err
	}
	if b.Master != master.Fingerprint() {
		return nil, wrongMaster(b.Master, master)
	}
	seal, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(b.Seal)), key, sealPurpose)
	if err != nil {
		return nil, damaged()
	}
	sign, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(b.Sign)), key, signPurpose)
	if err != nil {
		return nil, damaged()
	}
	return newKeys(seal, sign, version)
}

func parseBlob(stored []byte) (blob, error) {
	var b blob
	if err := json.Unmarshal(stored, &b); err != nil || b.Format < 1 {
		return b, damaged()
	}
	if b.Format > format {
		return b, fault.New(fault.Failed, "The keyring of the secrets was written by a newer version of Vitrina: start that one, or restore a backup made before it.")
	}
	return b, nil
}

func wrongMaster(expected string, master Master) error {
	return fault.New(fault.Invalid, "The secrets are sealed under the master key %s, and %s has another one, %s. Put the key %s there. "+
		"If it is lost, the secrets cannot be read any more: remove the keyring and enter them again.", expected, master.origin, master.Fingerprint(), expected)
}

func damaged() error {
	return fault.New(fault.Failed, "The keyring of the secrets is damaged: restore it from a backup.")
}

// knows tells whether the key that made a sealed secret or a signature is among those of the keyset.
func knows(handle *keyset.Handle, made []byte) bool {
	id, ok := keyID(made)
	for _, info := range handle.KeysetInfo().GetKeyInfo() {
		if ok && info.GetKeyId() == id {
			return true
		}
	}
	return false
}

// keyID is in the first bytes of all that was made with a key: one of the form's version, four of the id.
func keyID(made []byte) (uint32, bool) {
	if len(made) < cryptofmt.TinkPrefixSize || made[0] != cryptofmt.TinkStartByte {
		return 0, false
	}
	return binary.BigEndian.Uint32(made[1:]), true
}
