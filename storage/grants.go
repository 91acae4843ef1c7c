package storage

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

const noGrant = "There is no such grant."

// Grants keeps who may do what with which reports and folders, and who may write SQL for which sources.
type Grants struct{ db *DB }

// NewGrants keeps grants in the database.
func NewGrants(db *DB) *Grants { return &Grants{db} }

// Level is the highest the person has on the report; None also for a report that does not exist.
func (s *Grants) Level(ctx context.Context, personID, reportID string) (people.Level, error) {
	var level people.Level
	if !isID(personID) || !isID(reportID) {
		return people.None, nil
	}
	err := s.db.pool.QueryRow(ctx, query("report_level"), personID, reportID).Scan(&level)
	if errors.Is(err, pgx.ErrNoRows) {
		return people.None, nil
	}
	return level, told(err)
}

// FolderLevel is the highest the person has on everything in the folder.
func (s *Grants) FolderLevel(ctx context.Context, personID, folder string) (people.Level, error) {
	var level people.Level
	if !isID(personID) {
		return people.None, nil
	}
	err := s.db.pool.QueryRow(ctx, query("folder_level"), personID, folder).Scan(&level)
	return level, told(err)
}

// Grant is the one of that id.
func (s *Grants) Grant(ctx context.Context, id string) (*people.Grant, error) {
	if !isID(id) {
		return nil, fault.New(fault.NotFound, noGrant)
	}
	found, err := s.list(ctx, "grant", id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, noGrant)
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

// OnReport are the grants that open the report: its own, then those of the folders it is in.
func (s *Grants) OnReport(ctx context.Context, reportID string) ([]people.Grant, error) {
	if !isID(reportID) {
		return nil, nil
	}
	return s.list(ctx, "grants_on_report", reportID)
}

// OnFolder are the grants that open everything in the folder: its own, then those of the folders above it.
func (s *Grants) OnFolder(ctx context.Context, folder string) ([]people.Grant, error) {
	return s.list(ctx, "grants_on_folder", folder)
}

// OfPerson are the grants that reach the person, also through groups and everyone.
func (s *Grants) OfPerson(ctx context.Context, personID string) ([]people.Grant, error) {
	if !isID(personID) {
		return nil, nil
	}
	return s.list(ctx, "grants_of_person", personID)
}

func (s *Grants) list(ctx context.Context, name, key string) ([]people.Grant, error) {
	rows, err := s.db.pool.Query(ctx, query(name), key)
	if err != nil {
		return nil, told(err)
	}
	grants, err := pgx.CollectRows(rows, scanGrant)
	return grants, told(err)
}

func scanGrant(row pgx.CollectableRow) (g people.Grant, err error) {
	var level string
	err = row.Scan(&g.ID, &g.PersonID, &g.GroupID, &g.Name, &g.ReportID, &g.Title, &g.Folder, &level, &g.CreatedBy, &g.Created)
	g.Level, _ = people.ParseLevel(level)
	return g, err
}

// Put gives a grant; one that the same people have there already gets the new level. The event is completed with the
// report's title.
func (s *Grants) Put(ctx context.Context, grant people.Grant, event people.Event) (*people.Grant, error) {
	if !areIDs(grant.PersonID, grant.GroupID, grant.ReportID) {
		return nil, fault.New(fault.NotFound, "There is no such person, group or report.")
	}
	err := s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if err := holdFolder(ctx, tx, grant.Folder); err != nil {
			return err
		}
		row := tx.QueryRow(ctx, query("put_grant"), newID(), grant.PersonID, grant.GroupID, grant.ReportID, grant.Folder, grant.Level.String(), grant.CreatedBy, s.db.now())
		err := row.Scan(&grant.ID, &grant.Title)
		if violates(err, foreignKeyViolation, "") {
			return fault.New(fault.NotFound, "There is no such person, group or report.")
		}
		event.ObjectName = orElse(event.ObjectName, grant.Title)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Grant(ctx, grant.ID)
}

// holdFolder makes sure that the folder is there and is called so until the transaction ends. The root always is.
func holdFolder(ctx context.Context, tx pgx.Tx, folder string) error {
	if folder == "" {
		return nil
	}
	if _, err := tx.Exec(ctx, query("hold_folders")); err != nil {
		return err
	}
	var exists bool
	err := tx.QueryRow(ctx, query("folder_exists"), folder).Scan(&exists)
	if err == nil && !exists {
		return fault.New(fault.NotFound, "There is no folder %s.", folder)
	}
	return err
}

// Remove takes a grant back.
func (s *Grants) Remove(ctx context.Context, id string, event people.Event) error {
	return s.remove(ctx, "remove_grant", id, event)
}

func (s *Grants) remove(ctx context.Context, name, id string, event people.Event) error {
	if !isID(id) {
		return fault.New(fault.NotFound, noGrant)
	}
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, noGrant, name, id) })
}
