package accounts

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"hash/crc32"
	"strings"
)

// An API token is tokenPrefix, 43 random characters (256 bits) and 6 of a checksum, so that scanners for leaked secrets recognise one
// and a mistyped one is refused without asking the database.
const (
	tokenPrefix    = "vtr_"
	tokenRandom    = 43
	tokenChecksum  = 6
	tokenHint      = len(tokenPrefix) + 4
	base62Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

func newToken() string {
	body := randomFrom(base62Alphabet, tokenRandom)
	return tokenPrefix + body + checksum(body)
}

// isToken tells whether the text can be a token at all.
func isToken(text string) bool {
	body, ok := strings.CutPrefix(text, tokenPrefix)
	return ok && len(body) == tokenRandom+tokenChecksum && checksum(body[:tokenRandom]) == body[tokenRandom:]
}

// checksum is the CRC-32 (IEEE) in base 62.
func checksum(body string) string {
	var text [tokenChecksum]byte
	sum := crc32.ChecksumIEEE([]byte(body))
	for i := range text {
		text[len(text)-1-i] = base62Alphabet[sum%62]
		sum /= 62
	}
	return string(text[:])
}

// randomText is 256 random bits, fit for a cookie.
func randomText() string {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	return base64.RawURLEncoding.EncodeToString(secret)
}

// hashed is what is kept of a secret. The secrets are random and long, so that a fast hash is enough.
func hashed(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
