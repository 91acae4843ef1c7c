package people

// New is a person to be made. Groups are ids.
type New struct {
	Email        string
	Name         string
	Role         Role
	Groups       []string
	PasswordHash string // empty: signs in by OIDC alone
	Temporary    bool   // the password is to be changed first
	Subject      string // OIDC issuer and subject, once known
}

// Change of a person; nil leaves as it is.
type Change struct {
	Email *string
	Name  *string
	Role  *Role
}

// Credentials are what proves who somebody is. They go to nobody but those who compare them.
type Credentials struct {
	PersonID     string
	Email        string
	PasswordHash string // empty when there is none
	Disabled     bool
}
