package accounts

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/semaphore"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
)

// OIDCConfig is how people sign in through an identity provider (OpenID Connect, authorization code with PKCE).
type OIDCConfig struct {
	Name         string // of the provider, for people; "single sign-on" when empty
	Issuer       string // exactly as the provider writes it in its tokens
	ClientID     string
	ClientSecret string
	RedirectURL  string   // of the page that calls SignOn.Finish, as registered with the provider
	Scopes       []string // besides openid, email and profile
	// GroupsClaim names the claim with the names of a person's groups. When it is set, each sign-in puts the person into exactly the
	// groups of those names that there are here.
	GroupsClaim string
	// AllowedDomains are the only domains of emails that may sign in; any when empty.
	AllowedDomains []string
	// Create makes members of people who are unknown here.
	Create bool
}

// provider is the identity provider. It is asked for its addresses and keys when somebody first signs in, so that one that is down
// keeps nothing else from starting.
type provider struct {
	config OIDCConfig
	now    func() time.Time
	client *http.Client

	turn   *semaphore.Weighted // of one; guards the rest
	found  *oidc.Provider
	failed error // of the last try, for those that come soon after
	tried  time.Time
}

const (
	providerTimeout = 10 * time.Second
	retryProvider   = 5 * time.Second
)

func newProvider(config OIDCConfig, now func() time.Time) *provider {
	return &provider{config: config, now: now, client: &http.Client{Timeout: providerTimeout}, turn: semaphore.NewWeighted(1)}
}

// discover asks the provider for its addresses, once it has answered never again. After a failure it waits before it asks anew.
func (p *provider) discover(ctx context.Context) (*oidc.Provider, error) {
	if err := p.turn.Acquire(ctx, 1); err != nil {
		return nil, brokenOff(err)
	}
	defer p.turn.Release(1)
	if p.found != nil {
		return p.found, nil
	}
	if p.failed != nil && p.now().Sub(p.tried) < retryProvider {
		return nil, p.failed
	}
	found, err := oidc.NewProvider(p.context(ctx), p.config.Issuer)
	if ctx.Err() != nil && err != nil {
		return nil, brokenOff(ctx.Err())
	}
	p.found, p.tried, p.failed = found, p.now(), nil
	if err != nil {
		p.found, p.failed = nil, unavailable(err)
	}
	return p.found, p.failed
}

func brokenOff(err error) error {
	return &fault.Error{Code: fault.Cancelled, Message: "The sign-in was broken off.", Cause: err}
}

// context carries the client with its timeout to go-oidc and oauth2.
func (p *provider) context(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.client)
}

func unavailable(err error) error {
	reason, known := reach.Reason(err)
	var mismatch *oidc.IssuerMismatchError
	switch {
	case errors.As(err, &mismatch):
		reason = "it calls itself by another address than the configuration does (oidc.issuer)"
	case !known:
		reason = "its answer is not one of OpenID Connect"
	}
	return &fault.Error{Code: fault.Unavailable, Cause: err,
		Message: "The identity provider cannot be used now (" + strings.TrimSuffix(reason, ".") + "). Sign in with a password, or try again later."}
}

func (p *provider) oauth(found *oidc.Provider) *oauth2.Config {
	endpoint := found.Endpoint()
	if endpoint.AuthStyle = authStyle(found); p.config.ClientSecret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams // a public client names itself in the body
	}
	return &oauth2.Config{
		ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, RedirectURL: p.config.RedirectURL, Endpoint: endpoint,
		Scopes: append([]string{oidc.ScopeOpenID, oidc.ScopeEmail, oidc.ScopeProfile}, p.config.Scopes...),
	}
}

// authStyle is how the provider wants the client's secret: in the header unless it says that it takes it in the body alone. Trying
// both would use the code up and hide the first refusal.
func authStyle(found *oidc.Provider) oauth2.AuthStyle {
	var metadata struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&metadata); err == nil && slices.Contains(metadata.Methods, "client_secret_post") &&
		!slices.Contains(metadata.Methods, "client_secret_basic") {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

// claims are what the provider says of somebody.
type claims struct {
	Subject  string // with the issuer: unique among all providers
	Email    string // normal; empty unless verified
	Name     string
	Groups   []string
	ByGroups bool // the configuration names a claim for groups
}

// exchange trades the code for an ID token and checks it: signature, issuer, audience, expiry and nonce.
func (p *provider) exchange(ctx context.Context, code string, started oidcState) (*oidc.IDToken, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return nil, err
	}
	ctx = p.context(ctx)
	answer, err := p.oauth(found).Exchange(ctx, code, oauth2.VerifierOption(started.Verifier))
	if err != nil {
		return nil, exchangeError(err)
	}
	raw, ok := answer.Extra("id_token").(string)
	if !ok {
		return nil, refusedByProvider("it told nothing about you (no ID token)", nil)
	}
	verifier := found.Verifier(&oidc.Config{ClientID: p.config.ClientID, Now: p.now})
	token, err := verifier.Verify(ctx, raw)
	var expired *oidc.TokenExpiredError
	switch {
	case errors.As(err, &expired):
		return nil, refusedByProvider("what it told about you has expired; are the clocks right?", err)
	case err != nil:
		if reason, ok := reach.Reason(err); ok {
			return nil, unavailable(errors.New(reason))
		}
		return nil, refusedByProvider("what it told about you cannot be trusted", err)
	case !same(token.Nonce, started.Nonce):
		return nil, refusedByProvider("its answer belongs to another sign-in", nil)
	}
	return token, nil
}

// exchangeError leaves out what the provider answered, which may repeat the request with its secret.
func exchangeError(err error) error {
	var answered *oauth2.RetrieveError
	if !errors.As(err, &answered) {
		return unavailable(err)
	}
	if answered.ErrorCode == "invalid_client" {
		return fault.New(fault.Unavailable, "The identity provider does not know Vitrina: client_id or client_secret is wrong in the configuration.")
	}
	return refusedByProvider("it did not accept the code; begin again", nil)
}

func refusedByProvider(reason string, cause error) error {
	return &fault.Error{Code: fault.Unauthenticated, Message: "The sign-in through the identity provider failed: " + reason + ".", Cause: cause}
}

// read takes what is needed out of the ID token. Some providers write email_verified as text, and a single group without a list.
func (p *provider) read(token *oidc.IDToken) (claims, error) {
	var all map[string]any
	if err := token.Claims(&all); err != nil {
		return claims{}, refusedByProvider("what it told about you cannot be read", err)
	}
	text := func(name string) string { value, _ := all[name].(string); return value }
	c := claims{Subject: token.Issuer + " " + token.Subject, Name: personName(text("name")), ByGroups: p.config.GroupsClaim != ""}
	if all["email_verified"] == true || all["email_verified"] == "true" {
		c.Email = normalEmail(text("email"))
	}
	switch groups := all[p.config.GroupsClaim].(type) {
	case nil:
		if elsewhere, _ := all["_claim_names"].(map[string]any); c.ByGroups && elsewhere[p.config.GroupsClaim] != nil {
			return c, fault.New(fault.Forbidden, "You are in more groups than the identity provider tells at once, so Vitrina cannot tell what you may see: "+
				"let it tell only those that matter to Vitrina.")
		}
	case string:
		c.Groups = []string{groups}
	case []any:
		for _, group := range groups {
			if name, ok := group.(string); ok {
				c.Groups = append(c.Groups, name)
			}
		}
	}
	return c, p.allowed(c.Email)
}

// allowed refuses emails that nobody verified or of foreign domains.
func (p *provider) allowed(email string) error {
	if checkEmail(email) != nil {
		return fault.New(fault.Forbidden, "The identity provider has not verified your email, so Vitrina cannot tell who you are.")
	}
	domain := email[strings.LastIndex(email, "@")+1:]
	for _, allowed := range p.config.AllowedDomains {
		if strings.EqualFold(allowed, domain) {
			return nil
		}
	}
	if len(p.config.AllowedDomains) > 0 {
		return fault.New(fault.Forbidden, "Emails of %s may not sign in here.", domain)
	}
	return nil
}
