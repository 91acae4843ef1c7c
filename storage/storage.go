// Package storage keeps what Vitrina must remember in Postgres. Each store implements interfaces declared by the package that uses it.
package storage

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Options of Open. DSN is required.
type Options struct {
	DSN            string // postgres://… or key=value pairs
	MaxConnections int32  // of the pool; 20 when 0
	Now            func() time.Time
	Logger         *slog.Logger
}

// DB is the database of one installation. It may be used by many goroutines.
type DB struct {
	pool   *pgxpool.Pool
	now    func() time.Time
	logger *slog.Logger
}

// Open connects and makes sure that the database answers. It changes nothing: see Migrate. The caller closes it.
func Open(ctx context.Context, options Options) (*DB, error) {
	config, err := pgxpool.ParseConfig(options.DSN)
	if err != nil {
		// The parser's own words may repeat the address with its password.
		return nil, fault.New(fault.Invalid, "database: the address of the Postgres database cannot be read; it looks like postgres://user:password@host/database")
	}
	config.MaxConns = 20
	if options.MaxConnections > 0 {
		config.MaxConns = options.MaxConnections
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, told(err)
	}
	db := &DB{pool: pool, now: options.Now, logger: options.Logger}
	if err := db.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return db, nil
}

// Apart is the same database over connections of its own, so many at most: who works through it does not wait behind those who use
// the others. The caller closes it.
func (db *DB) Apart(ctx context.Context, connections int32) (*DB, error) {
	config := db.pool.Config()
	config.MaxConns = connections
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, told(err)
	}
	apart := *db
	apart.pool = pool
	return &apart, nil
}

// Ping says in words what is wrong with the connection, if anything.
func (db *DB) Ping(ctx context.Context) error {
	return told(db.pool.Ping(ctx))
}

// Close ends all connections; it waits for those in use.
func (db *DB) Close() { db.pool.Close() }

// inTx runs do in a transaction that is committed unless do fails.
func (db *DB) inTx(ctx context.Context, do func(tx pgx.Tx) error) error {
	return told(pgx.BeginFunc(ctx, db.pool, do))
}
