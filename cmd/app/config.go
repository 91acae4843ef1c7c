// Package app puts the parts together: configuration, sources, engine and runner, for the commands of cmd/vitrina.
package app

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

// Config is vitrina.yaml with the environment applied (design.md section 9).
type Config struct {
	Database  string                   `koanf:"database"`
	PublicURL string                   `koanf:"public_url"`
	Listen    string                   `koanf:"listen"`   // address of the web; :8080 when empty
	Proxies   []string                 `koanf:"proxies"`  // addresses and networks whose X-Forwarded-For is believed
	Timezone  string                   `koanf:"timezone"` // of reports that name none; UTC when empty
	Data      string                   `koanf:"data"`     // folder of the embedded engines
	Reports   string                   `koanf:"reports"`  // folder of reports that are kept there and read-only in the product
	Sources   map[string]SourceConfig  `koanf:"sources"`
	Cohorts   map[string]ServiceConfig `koanf:"cohorts"`
	Channels  map[string]ServiceConfig `koanf:"channels"`
	Artifacts ArtifactsConfig          `koanf:"artifacts"`
	Engine    EngineConfig             `koanf:"engine"`
	Postgres  PostgresConfig           `koanf:"postgres"`
	Runs      RunsConfig               `koanf:"runs"`
	Links     LinksConfig              `koanf:"links"`
	SignIn    SignInConfig             `koanf:"sign_in"`
	Sessions  SessionsConfig           `koanf:"sessions"`
	Secrets   SecretsConfig            `koanf:"secrets"`
	Log       LogConfig                `koanf:"log"`
	Metrics   MetricsConfig            `koanf:"metrics"`
}

// SourceConfig is one database. Driver embedded is the embedded engine; Database then names one of its databases.
type SourceConfig struct {
	Driver   string       `koanf:"driver"`
	DSN      string       `koanf:"dsn"`
	Database string       `koanf:"database"`
	Limits   LimitsConfig `koanf:"limits"`
}

// LimitsConfig bounds every query on a source.
type LimitsConfig struct {
	Time     time.Duration `koanf:"time"`
	Rows     int64         `koanf:"rows"`
	Bytes    int64         `koanf:"bytes"`
	Memory   int64         `koanf:"memory"`
	Runs     int           `koanf:"runs"`
	Overflow string        `koanf:"overflow"` // of rows: fail (default) or cut
}

// ServiceConfig is a cohort provider or a channel; which keys it needs depends on its provider.
type ServiceConfig struct {
	Provider  string `koanf:"provider"`
	Region    string `koanf:"region"`
	APIKey    string `koanf:"api_key"`
	SecretKey string `koanf:"secret_key"`
	Project   string `koanf:"project"`
	BaseURL   string `koanf:"base_url"`
	Token     string `koanf:"token"`
	URL       string `koanf:"url"`
	APIURL    string `koanf:"api_url"`
	Fallback  string `koanf:"fallback"`
}

// ArtifactsConfig says where files go.
type ArtifactsConfig struct {
	Store     string        `koanf:"store"`
	Retention time.Duration `koanf:"retention"`
}

// EngineConfig is about the embedded ClickHouse.
type EngineConfig struct {
	Library string `koanf:"library"` // path of libchdb.so
	Memory  int64  `koanf:"memory"`  // bytes it may use; most of the machine's when 0
}

// PostgresConfig is about the embedded Postgres, which is used when no database is named.
type PostgresConfig struct {
	Binaries string `koanf:"binaries"` // folder with bin, lib and share
}

// RunsConfig bounds the work of the service.
type RunsConfig struct {
	Parallel        int           `koanf:"parallel"`          // runs at once in this process; 8 when 0
	PerPerson       int           `koanf:"per_person"`        // runs at once of one person, over all processes; 4 when 0
	QueuedPerPerson int           `koanf:"queued_per_person"` // waiting runs of one person; 200 when 0
	Grace           time.Duration `koanf:"grace"`             // how long a stop waits for running runs; 5 minutes when 0
	PreviewRows     int64         `koanf:"preview_rows"`      // rows of a result kept for the page; 10,000 when 0
}

// LinksConfig is about the addresses of files.
type LinksConfig struct {
	Expire time.Duration `koanf:"expire"` // of a link whose maker does not say; 7 days when 0
	Anyone string        `koanf:"anyone"` // allow (default) or deny links that open without signing in
}

// SignInConfig says how people may sign in besides their password.
type SignInConfig struct {
	Password string     `koanf:"password"` // allow (default) or deny
	OIDC     OIDCConfig `koanf:"oidc"`
}

func (c SignInConfig) noPasswords() bool { return c.Password == "deny" }

// OIDCConfig is an OpenID Connect provider.
type OIDCConfig struct {
	Name         string   `koanf:"name"` // on the button
	Issuer       string   `koanf:"issuer"`
	ClientID     string   `koanf:"client_id"`
	ClientSecret string   `koanf:"client_secret"`
	Create       bool     `koanf:"create"`       // people who sign in for the first time become members
	Domains      []string `koanf:"domains"`      // of e-mail addresses that may sign in; all when empty
	GroupsClaim  string   `koanf:"groups_claim"` // claim that lists the groups; they are taken from the provider then
}

// SessionsConfig bounds sessions.
type SessionsConfig struct {
	Idle    time.Duration `koanf:"idle"`    // 7 days when 0
	Longest time.Duration `koanf:"longest"` // 30 days when 0
}

// SecretsConfig holds the master key that the keys of secrets are encrypted with: 32 bytes as base64. Without one a file in the data
// folder is made.
type SecretsConfig struct {
	Key string `koanf:"key"`
}

// LogConfig is about the log on stderr.
type LogConfig struct {
	Level  string `koanf:"level"`  // debug, info (default), warn or error
	Format string `koanf:"format"` // text (default on a terminal) or json
}

// MetricsConfig is about /metrics, which names reports and sources.
type MetricsConfig struct {
	Token string `koanf:"token"` // that a scrape sends as Authorization: Bearer; empty: anybody may ask
}

// drivers a source may name.
var drivers = []string{"clickhouse", "postgres", "embedded"}

// check finds the mistakes of a configuration, one sentence each.
func (c *Config) check() error {
	var mistakes []error
	mistake := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf(format, args...)) }
	if _, err := time.LoadLocation(c.Timezone); err != nil {
		mistake("timezone: there is no time zone %q; names look like Europe/Berlin", c.Timezone)
	}
	notNegative := func(key string, value int64) {
		if value < 0 {
			mistake("%s must not be negative", key)
		}
	}
	notNegative("engine.memory", c.Engine.Memory)
	notNegative("artifacts.retention", int64(c.Artifacts.Retention))
	c.checkService(mistake, notNegative)
	for _, name := range sortedKeys(c.Sources) {
		s, at := c.Sources[name], "sources."+name
		switch {
		case name == runner.Workbench:
			mistake("%s: the workbench is always the embedded engine; give the source another name", at)
		case !slices.Contains(drivers, s.Driver):
			mistake("%s.driver: there is no driver %q; there are %s", at, s.Driver, strings.Join(drivers, ", "))
		case s.Driver != "embedded" && s.DSN == "":
			mistake("%s.dsn is missing: where is that database, as in %s://user:password@host/database", at, s.Driver)
		}
		notNegative(at+".limits.time", int64(s.Limits.Time))
		notNegative(at+".limits.rows", s.Limits.Rows)
		notNegative(at+".limits.bytes", s.Limits.Bytes)
		notNegative(at+".limits.memory", s.Limits.Memory)
		notNegative(at+".limits.runs", int64(s.Limits.Runs))
		if s.Limits.Overflow != "" && s.Limits.Overflow != "fail" && s.Limits.Overflow != "cut" {
			mistake("%s.limits.overflow is %q; it must be fail or cut", at, s.Limits.Overflow)
		}
	}
	return errors.Join(mistakes...)
}

// checkService looks at what only vitrina serve needs.
func (c *Config) checkService(mistake func(format string, args ...any), notNegative func(key string, value int64)) {
	notNegative("runs.parallel", int64(c.Runs.Parallel))
	notNegative("runs.per_person", int64(c.Runs.PerPerson))
	notNegative("runs.queued_per_person", int64(c.Runs.QueuedPerPerson))
	notNegative("runs.grace", int64(c.Runs.Grace))
	notNegative("runs.preview_rows", c.Runs.PreviewRows)
	notNegative("links.expire", int64(c.Links.Expire))
	notNegative("sessions.idle", int64(c.Sessions.Idle))
	notNegative("sessions.longest", int64(c.Sessions.Longest))
	oneOf := func(key, value string, allowed ...string) {
		if value != "" && !slices.Contains(allowed, value) {
			mistake("%s is %q; it must be %s", key, value, strings.Join(allowed, " or "))
		}
	}
	oneOf("links.anyone", c.Links.Anyone, "allow", "deny")
	oneOf("sign_in.password", c.SignIn.Password, "allow", "deny")
	oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error")
	oneOf("log.format", c.Log.Format, "text", "json")
	if u, err := url.Parse(c.PublicURL); err != nil || (c.PublicURL != "" && (u.Scheme != "http" && u.Scheme != "https" || u.Host == "")) {
		mistake("public_url is no address that a browser could open; it looks like https://reports.example.com")
	}
	if o := c.SignIn.OIDC; o.Issuer != "" && (o.ClientID == "" || o.ClientSecret == "" || c.PublicURL == "") {
		mistake("sign_in.oidc needs client_id, client_secret and public_url beside the issuer")
	}
	if c.SignIn.Password == "deny" && c.SignIn.OIDC.Issuer == "" {
		mistake("sign_in.password is deny, but there is no sign_in.oidc: nobody could sign in")
	}
	if s := c.Artifacts.Store; s != "" && !strings.HasPrefix(s, "file://") && !strings.HasPrefix(s, "s3://") {
		mistake("artifacts.store must begin with file:// or s3://")
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// dataDir is the folder of the embedded engines: the flag, else the configuration, else $VITRINA_DATA, else ./.vitrina.
func dataDir(flag, configured string) (string, error) {
	dir := flag
	for _, candidate := range []string{configured, os.Getenv("VITRINA_DATA"), ".vitrina"} {
		if dir == "" {
			dir = candidate
		}
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return "", fault.New(fault.Invalid, "the data folder %s: %w", dir, err)
	}
	return absolute, nil
}
