package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// cleanup is how long a table that is not needed any more may take to go.
const cleanup = 30 * time.Second

// fill loads the rows into a new table, and when all are there, puts it in its place or adds its rows to the target.
func (t *target) fill(ctx context.Context, content body) (columns []source.Column, err error) {
	plan := content.columns()
	suffix := "_loading_" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12]
	stage := t.table.with(suffix)
	defer func() { t.drop(ctx, stage) }()
	if err := t.create(ctx, stage, plan, func(c column) string { return c.sent }); err != nil {
		return nil, err
	}
	if err := t.send(ctx, stage, content); err != nil {
		return nil, err
	}
	if err := t.verify(ctx, stage, content.rows()); err != nil {
		return nil, err
	}
	if err := t.checkConversion(ctx, stage, plan); err != nil {
		return nil, err
	}
	for _, c := range plan {
		columns = append(columns, source.Column{Name: c.name, Type: c.final})
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if t.have != nil {
		return columns, t.append(ctx, stage, plan)
	}
	ready, err := t.convert(ctx, stage, plan, content.rows())
	if err == nil {
		err = t.publish(ctx, ready)
	}
	if err != nil {
		t.drop(ctx, ready)
	}
	return columns, err
}

func (t *target) create(ctx context.Context, table identifier, plan []column, typeOf func(column) string) error {
	return t.src.Exec(ctx, fmt.Sprintf("CREATE TABLE %s (%s) ENGINE = MergeTree ORDER BY tuple()", table, definitions(plan, typeOf)))
}

// send streams the rows into the table.
func (t *target) send(ctx context.Context, table identifier, content body) error {
	reader, writer := io.Pipe()
	ended := errors.New("the source reads no more")
	done := make(chan error, 1)
	go func() {
		err := content.send(ctx, writer)
		writer.CloseWithError(err)
		done <- err
	}()
	err := t.src.Insert(ctx, table.plain(), content.format(), nil, reader)
	reader.CloseWithError(ended)
	if unsent := <-done; unsent != nil && !errors.Is(unsent, ended) {
		return unsent
	}
	return err
}

// verify counts the rows that have arrived.
func (t *target) verify(ctx context.Context, table identifier, want int64) error {
	rows, err := t.ask(ctx, fmt.Sprintf("SELECT toString(count()) FROM %s", table), nil)
	if err != nil {
		return err
	}
	if got := rows[0][0]; got != strconv.FormatInt(want, 10) {
		return fault.New(fault.Failed, "%s has %d rows, but %s arrived in the database. Nothing was loaded.", t.file, want, got)
	}
	return nil
}

// checkConversion refuses types of an existing table that would change a value.
func (t *target) checkConversion(ctx context.Context, table identifier, plan []column) error {
	for _, c := range plan {
		condition := c.changed()
		if condition == "" {
			continue
		}
		name := sqltext.ClickHouse.Name(c.name)
		rows, err := t.ask(ctx, fmt.Sprintf("SELECT toString(countIf(%[1]s)), ifNull(toString(anyIf(toString(%[2]s), %[1]s)), '') FROM %[3]s",
			condition, name, table), nil)
		if err != nil {
			return fault.New(fault.CodeOf(err), "The column %q, which is %s in %s, does not fit %s: %w", c.name, c.sent, t.file, c.final, err)
		}
		if rows[0][0] != "0" {
			return fault.New(fault.Invalid, "The column %q of %s is %s, which cannot hold %s of its values unchanged, such as %s.",
				c.name, t.table.name, c.final, rows[0][0], rows[0][1])
		}
	}
	return nil
}

// convert makes a table of the final types, unless the stage has them.
func (t *target) convert(ctx context.Context, stage identifier, plan []column, rows int64) (identifier, error) {
	converted := false
	for _, c := range plan {
		converted = converted || c.converted()
	}
	if !converted {
		return stage, nil
	}
	ready := stage.with("_typed")
	if err := t.create(ctx, ready, plan, func(c column) string { return c.final }); err != nil {
		return ready, err
	}
	err := t.src.Exec(ctx, fmt.Sprintf("INSERT INTO %s SELECT %s FROM %s", ready, each(plan, column.expression), stage))
	if err != nil {
		return ready, fault.New(fault.CodeOf(err), "%s does not fit the types asked for: %w", t.file, err)
	}
	return ready, t.verify(ctx, ready, rows)
}

// append adds the rows in one statement, which is not stopped half-way. ClickHouse writes up to about a million rows at once; of more, a
// part may be there when it fails.
func (t *target) append(ctx context.Context, stage identifier, plan []column) error {
	names := each(plan, func(c column) string { return sqltext.ClickHouse.Name(c.name) })
	sql := fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s", t.table, names, each(plan, column.expression), stage)
	if err := t.src.Exec(context.WithoutCancel(ctx), sql); err != nil {
		return fault.New(fault.CodeOf(err), "The rows of %s could not be added to %s, see whether some were: %w", t.file, t.table.name, err)
	}
	return nil
}

// publish gives the finished table its name, and drops the one that had it. It is not stopped half-way.
func (t *target) publish(ctx context.Context, ready identifier) error {
	ctx = context.WithoutCancel(ctx)
	if !t.exists {
		return t.src.Exec(ctx, fmt.Sprintf("RENAME TABLE %s TO %s", ready, t.table))
	}
	old, err := t.swap(ctx, ready)
	if err != nil {
		return err
	}
	if err := t.src.Exec(ctx, fmt.Sprintf("DROP TABLE %s", old)); err != nil {
		return fault.New(fault.Failed, "%s has the new rows, but the table that it replaces, now named %s, could not be dropped: %w",
			t.table.name, old.name, err)
	}
	return nil
}

// swap puts the new table in the place of the one there is, and says what that is called now. Where the engine of the database cannot
// exchange tables, there is a moment without either.
func (t *target) swap(ctx context.Context, ready identifier) (old identifier, err error) {
	engine, err := t.ask(ctx, "SELECT engine FROM system.databases WHERE ", t.databaseIs("name"))
	if err != nil {
		return old, err
	}
	switch engine[0][0] {
	case "Atomic", "Replicated", "Shared":
		return ready, t.src.Exec(ctx, fmt.Sprintf("EXCHANGE TABLES %s AND %s", ready, t.table))
	}
	old = ready.with("_old")
	return old, t.src.Exec(ctx, fmt.Sprintf("RENAME TABLE %s TO %s, %s TO %s", t.table, old, ready, t.table))
}

// drop removes a table of ours, also after ctx has ended. One that cannot be dropped does no harm but takes space.
func (t *target) drop(ctx context.Context, table identifier) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanup)
	defer cancel()
	_ = t.src.Exec(ctx, fmt.Sprintf("DROP TABLE IF EXISTS %s", table))
}
