-- +goose Up

-- Whether somebody else has the same name is asked for each person that an answer tells of.
CREATE INDEX people_name ON people (lower(name));
