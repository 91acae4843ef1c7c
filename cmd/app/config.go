// Package app puts the parts together: configuration, sources, engine and runner, for the commands of cmd/vitrina.
package app

import (
	"errors"
	"fmt"
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
	Timezone  string                   `koanf:"timezone"` // of reports that name none; UTC when empty
	Data      string                   `koanf:"data"`     // folder of the embedded engines
	Sources   map[string]SourceConfig  `koanf:"sources"`
	Cohorts   map[string]ServiceConfig `koanf:"cohorts"`
	Channels  map[string]ServiceConfig `koanf:"channels"`
	Artifacts ArtifactsConfig          `koanf:"artifacts"`
	Engine    EngineConfig             `koanf:"engine"`
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
