package people

import "time"

// Source is a database that an administrator connected in the product. Sources of the configuration file are not among them.
type Source struct {
	Name      string
	Driver    string
	DSN       string `json:"-"` // a secret: it goes to those who open the source, into no answer, log or event
	Database  string
	Limits    SourceLimits
	Version   int // grows with each change, so that processes open it anew
	Updated   time.Time
	UpdatedBy string // email
}

// SourceLimits bound every query on a source; zero means none.
type SourceLimits struct {
	Time     time.Duration `json:"time,omitempty"` // nanoseconds in JSON
	Rows     int64         `json:"rows,omitempty"`
	Bytes    int64         `json:"bytes,omitempty"`
	Memory   int64         `json:"memory,omitempty"`
	Runs     int           `json:"runs,omitempty"`     // at once
	Overflow string        `json:"overflow,omitempty"` // of rows: fail (default) or cut
}
