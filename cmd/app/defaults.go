package app

import (
	"cmp"
	"time"
)

// What holds where the configuration says nothing.
const (
	defaultParallel  = 8
	defaultPerPerson = 4
	defaultQueued    = 200
	defaultGrace     = 5 * time.Minute
	defaultPreview   = 10_000
	defaultRetention = 30 * 24 * time.Hour
	defaultLink      = 7 * 24 * time.Hour
)

func (c RunsConfig) parallel() int        { return cmp.Or(c.Parallel, defaultParallel) }
func (c RunsConfig) perPerson() int       { return cmp.Or(c.PerPerson, defaultPerPerson) }
func (c RunsConfig) queuedPerPerson() int { return cmp.Or(c.QueuedPerPerson, defaultQueued) }
func (c RunsConfig) grace() time.Duration { return cmp.Or(c.Grace, defaultGrace) }
func (c RunsConfig) previewRows() int64   { return cmp.Or(c.PreviewRows, defaultPreview) }

func (c ArtifactsConfig) retention() time.Duration { return cmp.Or(c.Retention, defaultRetention) }

func (c LinksConfig) expire() time.Duration { return cmp.Or(c.Expire, defaultLink) }

// Address the web listens on: the flag, else the configuration, else :8080.
func (c *Config) Address(flag string) string { return cmp.Or(flag, c.Listen, ":8080") }
