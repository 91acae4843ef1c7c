package api

import (
	"net/http"
	"time"
)

// Names of the cookies.
const (
	sessionName = "vitrina_session"
	oidcName    = "vitrina_oidc"
)

func (s *server) encrypted() bool { return s.PublicURL != nil && s.PublicURL.Scheme == "https" }

// hostName has the prefix that ties a cookie to this very host, where it is only sent encrypted.
func (s *server) hostName(name string) string {
	if s.encrypted() {
		return "__Host-" + name
	}
	return name
}

// cookie is what the browser keeps under that name, empty when it keeps nothing.
func (s *server) cookie(r *http.Request, name string) string {
	cookie, err := r.Cookie(s.hostName(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// setCookie is the header that lets the browser keep the value for so long; an empty value removes it.
func (s *server) setCookie(name, value string, life time.Duration) string {
	seconds := int(life / time.Second)
	if value == "" {
		seconds = -1
	}
	cookie := http.Cookie{
		Name: s.hostName(name), Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: s.encrypted(), SameSite: http.SameSiteLaxMode,
	}
	return cookie.String()
}

func (s *server) sessionCookie(token string) string {
	return s.setCookie(sessionName, token, s.SessionLife)
}
