package storage

import "context"

// Figures tell how large an installation is.
type Figures struct {
	Size  int64 // bytes of the database
	Files int64 // of runs, which are not removed yet
	Bytes int64 // of these files together
}

// Figures looks at every table and file on record: not to be asked for each time somebody looks.
func (db *DB) Figures(ctx context.Context) (f Figures, err error) {
	err = db.pool.QueryRow(ctx, query("database_figures")).Scan(&f.Size, &f.Bytes, &f.Files)
	return f, told(err)
}

// Connections is how many clients the database has, those of all processes of the installation among them.
func (db *DB) Connections(ctx context.Context) (connections int64, err error) {
	err = db.pool.QueryRow(ctx, query("database_connections")).Scan(&connections)
	return connections, told(err)
}
