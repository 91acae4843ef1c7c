package app

import (
	"context"
	"path/filepath"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/secrets"
)

// masterFile holds the master key where the configuration has none.
const masterFile = "secrets.key"

// keyring opens the keys of secrets with the master key. Its sentences say where that one was found.
func (a *App) keyring(ctx context.Context, db *storage.DB) (*secrets.Keyring, error) {
	master, from, err := a.master()
	if err != nil {
		return nil, err
	}
	keyring, err := secrets.OpenKeyring(ctx, storage.NewKeysets(db), master)
	if err != nil {
		return nil, fault.New(fault.CodeOf(err), "The secrets cannot be opened with the master key of %s: %w", from, err)
	}
	return keyring, nil
}

func (a *App) master() (master secrets.Master, from string, err error) {
	if a.config.Secrets.Key != "" {
		master, err = secrets.MasterFromConfig(a.config.Secrets.Key)
		return master, "secrets.key in the configuration", err
	}
	path := filepath.Join(a.data, masterFile)
	master, created, err := secrets.MasterFromFile(path)
	if created {
		a.logger.Info("A master key for secrets was made. Keep a copy in another place: a backup does not have it.", "file", path)
	}
	return master, "the file " + path, err
}

// RotateSecrets makes a new key for secrets and encrypts what is kept anew.
func (a *App) RotateSecrets(ctx context.Context) error {
	db, err := a.Migrated(ctx)
	if err != nil {
		return err
	}
	keyring, err := a.keyring(ctx, db)
	if err != nil {
		return err
	}
	if err := commanded(ctx, db, "secrets.rotated", "secrets"); err != nil {
		return err
	}
	if err := keyring.Rotate(ctx); err != nil {
		return err
	}
	return storage.NewSources(db, keyring).Reseal(ctx)
}

// commanded keeps in the audit log what is done from the command line, before it is done.
func commanded(ctx context.Context, db *storage.DB, action, kind string) error {
	return storage.NewAudit(db).Record(ctx, people.Command().Did(action, kind, "", "", nil))
}
