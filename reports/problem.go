package reports

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem is one mistake in one file, as a sentence for its author. Line and column start at 1; columns count characters.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// String is the problem as editors and terminals link it: file:line:column: message.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

func (p Problem) Error() string { return p.String() }

// Problems are several mistakes as one error, a line each.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// finding is a problem by its byte offset, before anybody asked for its line.
type finding struct {
	offset  int
	message string
}

// locate turns findings into problems in the order of their places, each of them once.
func locate(file string, data []byte, findings []finding) []Problem {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b finding) int { return a.offset - b.offset })
	var problems []Problem
	seen := make(map[finding]bool, len(findings))
	here := cursor{data: data, line: 1, column: 1}
	for _, f := range findings {
		if seen[f] {
			continue
		}
		seen[f] = true
		here.advance(f.offset)
		problems = append(problems, Problem{File: file, Line: here.line, Column: here.column, Message: f.message})
	}
	return problems
}

// cursor counts lines and characters over data once, however many places are asked for.
type cursor struct {
	data         []byte
	offset       int
	line, column int
}

func (c *cursor) advance(to int) {
	for c.offset < min(to, len(c.data)) {
		r, size := utf8.DecodeRune(c.data[c.offset:])
		switch {
		case r == '\n':
			c.line, c.column = c.line+1, 1
		case r == byteOrderMark && c.offset == 0:
		default:
			c.column++
		}
		c.offset += size
	}
}
