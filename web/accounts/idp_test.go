package accounts_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

// identityProvider is a small OpenID Connect provider: discovery, keys, and a token endpoint that checks client, code, redirect and
// PKCE. Who signs in, and what is wrong with the answer, the test says.
type identityProvider struct {
	*httptest.Server
	key *rsa.PrivateKey
	now func() time.Time

	mu     sync.Mutex
	down   bool
	asked  int // for discovery
	codes  map[string]url.Values
	claims map[string]any // besides those of the protocol, which they may replace
	signer *rsa.PrivateKey
}

const clientID, clientSecret = "vitrina", "client-secret-1"

var idpKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func newIdentityProvider(t *testing.T, now func() time.Time) *identityProvider {
	t.Helper()
	p := &identityProvider{key: idpKey(), now: now, codes: map[string]url.Values{}}
	p.signer = p.key
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func (p *identityProvider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.down {
		answer(w, http.StatusBadGateway, "down")
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (p *identityProvider) keys(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
		"n": encoded(p.key.N.Bytes()), "e": encoded(big.NewInt(int64(p.key.E)).Bytes()),
	}}})
}

// authorize is what the browser does at the provider: it returns what the provider sends the browser back with.
func (p *identityProvider) authorize(t *testing.T, address string) *http.Request {
	t.Helper()
	u, err := url.Parse(address)
	succeeds(t, err)
	asked := u.Query()
	if asked.Get("client_id") != clientID || asked.Get("response_type") != "code" || asked.Get("code_challenge_method") != "S256" {
		t.Errorf("asked for %v", asked)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	code := rand.Text()
	p.codes[code] = asked
	back := asked.Get("redirect_uri") + "?" + url.Values{"state": {asked.Get("state")}, "code": {code}}.Encode()
	return httptest.NewRequest(http.MethodGet, back, nil)
}

func (p *identityProvider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id, secret, _ := r.BasicAuth()
	asked, ok := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	switch {
	case id != clientID || secret != clientSecret:
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case !ok, r.FormValue("redirect_uri") != asked.Get("redirect_uri"),
		oauth2.S256ChallengeFromVerifier(r.FormValue("code_verifier")) != asked.Get("code_challenge"):
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "no such code " + clientSecret})
	default:
		answer(w, http.StatusOK, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": p.idToken(asked.Get("nonce"))})
	}
}

func (p *identityProvider) idToken(nonce string) string {
	claims := map[string]any{
		"iss": p.URL, "aud": clientID, "sub": "1", "nonce": nonce, "iat": p.now().Unix(), "exp": p.now().Add(time.Minute).Unix(),
		"email": "ann@example.com", "email_verified": true, "name": "Ann Lee",
	}
	for name, value := range p.claims {
		claims[name] = value
	}
	head, _ := json.Marshal(map[string]string{"alg": "RS256", "kid": "1", "typ": "JWT"})
	body, _ := json.Marshal(claims)
	signed := encoded(head) + "." + encoded(body)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.signer, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return signed + "." + encoded(signature)
}

// says makes the provider tell that of who signs in next.
func (p *identityProvider) says(claims map[string]any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.claims = claims
}

func encoded(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
