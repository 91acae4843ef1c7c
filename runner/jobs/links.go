package jobs

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Link makes a link to a file of the run, which needs the rights of its maker for as long as it lives.
func (s *Service) Link(ctx context.Context, actor *people.Actor, run, fileID string, request LinkRequest) (link Link, token string, err error) {
	record, err := s.withData(ctx, actor, run)
	if err != nil {
		return link, "", err
	}
	if actor.ID == "" {
		return link, "", fault.New(fault.Forbidden, "A link needs a person who made it.")
	}
	file, err := s.fileOf(ctx, record, fileID)
	if err != nil {
		return link, "", err
	}
	link = Link{
		ID: uuid.NewString(), FileID: file.ID, RunID: run, PersonID: actor.ID, Person: actor.Email,
		Anyone: request.Anyone, Created: s.now(), Expires: request.Expires.UTC().Truncate(time.Second),
	}
	if request.Expires.IsZero() {
		link.Expires = s.now().Add(s.LinkLife).Truncate(time.Second)
	}
	if kept := record.FilesExpire; kept != nil && kept.Before(link.Expires) {
		link.Expires = kept.UTC().Truncate(time.Second)
	}
	if link.Anyone && s.NoOpenLinks {
		return link, "", fault.New(fault.Forbidden, "Links that open without signing in are not allowed here; a link for people who sign in is.")
	}
	if !link.Expires.After(link.Created) {
		return link, "", fault.New(fault.Invalid, "A link must expire at a moment to come.")
	}
	details := map[string]any{"file": file.Name, "anyone": link.Anyone, "expires": link.Expires}
	return link, s.sign(link), s.Storage.CreateLink(ctx, link, actor.Did("link.created", "run", run, record.Title, details))
}

// Links are those to files of the run. Their tokens are for who made them, and for who may take them back.
func (s *Service) Links(ctx context.Context, actor *people.Actor, run string) (links []Link, tokens map[string]string, err error) {
	_, may, err := s.visible(ctx, actor, run)
	if err != nil {
		return nil, nil, err
	}
	links, err = s.Storage.Links(ctx, run)
	tokens = map[string]string{}
	for _, link := range links {
		mine := actor.ID != "" && actor.ID == link.PersonID
		if (mine || may.manage) && may.data && link.Revoked == nil && s.now().Before(link.Expires) {
			tokens[link.ID] = s.sign(link)
		}
	}
	return links, tokens, err
}

// Revoke takes a link back for good. Its maker may, and who may cancel the run.
func (s *Service) Revoke(ctx context.Context, actor *people.Actor, linkID string) error {
	link, file, err := s.Storage.Link(ctx, linkID)
	if err != nil {
		return err
	}
	_, may, err := s.visible(ctx, actor, link.RunID)
	mine := actor.ID != "" && actor.ID == link.PersonID
	if err != nil && (fault.CodeOf(err) != fault.NotFound || !mine) {
		return err
	}
	if !mine && !may.manage {
		return fault.New(fault.Forbidden, "A link can be taken back by who made it and by those who may edit its report.")
	}
	return s.Storage.RevokeLink(ctx, linkID, actor.Email, actor.Did("link.revoked", "run", link.RunID, file.Name, map[string]any{"link": linkID}))
}

// OpenLink is the file that a token leads to; the caller closes it. The opener is nil, or has no id, when nobody is signed in. All that
// a stranger learns is that the link does not lead to a file (NotFound), or that they must sign in (Unauthenticated).
func (s *Service) OpenLink(ctx context.Context, token string, opener *people.Actor) (File, Object, error) {
	link, file, object, err := s.openLink(ctx, token, opener)
	if err != nil {
		return File{}, nil, err
	}
	if err := s.Storage.Opened(ctx, link.ID, opened(opener, link, file)); err != nil {
		return File{}, nil, errors.Join(err, object.Close())
	}
	return file, object, nil
}

// LookLink is OpenLink for a request that begins no download: one for the headers alone, or for a later part of the file. It is not
// counted.
func (s *Service) LookLink(ctx context.Context, token string, opener *people.Actor) (File, Object, error) {
	_, file, object, err := s.openLink(ctx, token, opener)
	return file, object, err
}

func (s *Service) openLink(ctx context.Context, token string, opener *people.Actor) (link Link, file File, object Object, err error) {
	if link, file, err = s.linkOf(ctx, token); err != nil {
		return link, file, nil, err
	}
	record, err := s.Storage.Run(ctx, link.RunID)
	if err != nil {
		return link, file, nil, deadOr(err)
	}
	if err := s.makerMay(ctx, link, record); err != nil {
		return link, file, nil, err
	}
	if err := s.openerMay(ctx, link, record, opener); err != nil {
		return link, file, nil, err
	}
	if err := removed(record); err != nil {
		return link, file, nil, err
	}
	object, err = s.Artifacts.Open(ctx, file.Key)
	return link, file, object, err
}

func opened(opener *people.Actor, link Link, file File) people.Event {
	who := people.Actor{Person: people.Person{Email: "anyone with the link"}, Via: people.ByLink}
	if opener != nil {
		who.Address = opener.Address
	}
	if signedIn(opener) {
		who = *opener
	}
	return who.Did("link.opened", "run", link.RunID, file.Name, map[string]any{"link": link.ID})
}

func signedIn(actor *people.Actor) bool {
	return actor != nil && (actor.ID != "" || actor.IsAdministrator())
}

// dead is the one sentence for all links that lead nowhere.
func dead() error {
	return fault.New(fault.NotFound, "This link does not lead to a file: it is incomplete, has expired or was taken back. Ask who sent it for a new one.")
}

func deadOr(err error) error {
	if fault.CodeOf(err) == fault.NotFound {
		return dead()
	}
	return err
}

// makerMay makes sure that the link's maker still could download the file.
func (s *Service) makerMay(ctx context.Context, link Link, record Record) error {
	maker, err := s.Rights.Actor(ctx, link.PersonID)
	if err != nil {
		return deadOr(err)
	}
	may, err := s.accessTo(ctx, maker, record)
	if err == nil && !may.data {
		err = dead()
	}
	return err
}

func (s *Service) openerMay(ctx context.Context, link Link, record Record, opener *people.Actor) error {
	if link.Anyone {
		return nil
	}
	if !signedIn(opener) {
		return fault.New(fault.Unauthenticated, "Sign in to open this file.")
	}
	may, err := s.accessTo(ctx, opener, record)
	if err == nil && !may.data {
		err = dead()
	}
	return err
}

// linkPurpose keeps signatures of links from being taken for others.
const linkPurpose = "vitrina link"

// sign makes the token of a link: its id and expiry, and the signature of both.
func (s *Service) sign(link Link) string {
	id := uuid.MustParse(link.ID)
	data := binary.BigEndian.AppendUint64(id[:], uint64(link.Expires.Unix()))
	return base64.RawURLEncoding.EncodeToString(data) + "." + base64.RawURLEncoding.EncodeToString(s.Signer.Sign(data, linkPurpose))
}

// linkOf is the live link of a token.
func (s *Service) linkOf(ctx context.Context, token string) (link Link, file File, err error) {
	first, second, _ := strings.Cut(token, ".")
	data, err := base64.RawURLEncoding.Strict().DecodeString(first)
	if err != nil || len(data) != 24 {
		return link, file, dead()
	}
	signature, err := base64.RawURLEncoding.Strict().DecodeString(second)
	if err != nil || !s.Signer.Verify(ctx, signature, data, linkPurpose) {
		return link, file, dead()
	}
	if link, file, err = s.Storage.Link(ctx, uuid.UUID(data[:16]).String()); err != nil {
		return link, file, deadOr(err)
	}
	signed := time.Unix(int64(binary.BigEndian.Uint64(data[16:])), 0)
	if !signed.Equal(link.Expires) || !s.now().Before(link.Expires) || link.Revoked != nil {
		return link, file, dead()
	}
	return link, file, nil
}
