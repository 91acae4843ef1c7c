package people

import "time"

// Session is a sign-in of a browser.
type Session struct {
	ID       string
	PersonID string
	Created  time.Time
	Seen     time.Time // to the minute
	Expires  time.Time // however much it is used
	Address  string
	Agent    string // what the browser calls itself
}

// Token lets a machine act as a person. Its secret is told once and never kept.
type Token struct {
	ID       string
	PersonID string
	Person   string // email
	Name     string // what it is for
	Hint     string // its first characters
	Scopes   []Scope
	Created  time.Time
	Expires  *time.Time
	Used     *time.Time // to the minute
	Revoked  *time.Time
}

// Failures are the attempts to sign in that failed in a row under one key, and when the last success under it was.
type Failures struct {
	Count     int
	Last      time.Time
	Succeeded *time.Time
}
