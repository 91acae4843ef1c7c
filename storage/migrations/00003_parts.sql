-- +goose Up

-- What a run shows, in the order of the document. Earlier runs have none: their text, charts and tables are shown one after another.
ALTER TABLE runs ADD COLUMN parts json NOT NULL DEFAULT '[]';
