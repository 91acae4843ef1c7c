package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/templates"
)

// CheckOptions are what a check needs to know of the world around a document.
type CheckOptions struct {
	Snippets templates.Snippets // nil: there are none
	// Sources are those that are known, each with its dialect. SQL of any other is read as ClickHouse's.
	Sources map[string]templates.Dialect
	// OnlySources: there are no others but the workbench, and another name is a problem.
	OnlySources bool
	// Files are the report's folder, where its exports find the workbooks they fill. nil: it is not known, and none is missed.
	Files fs.FS
}

// Check finds every problem of the document, in the order of their places.
func (d *Document) Check(options CheckOptions) []Problem {
	_, problems := d.Compile(options)
	return problems
}

// Compile is Check that also hands over the parsed templates. What has a problem is missing there; with no problems it is ready to
// run.
func (d *Document) Compile(options CheckOptions) (*Compiled, []Problem) {
	c, findings := d.compile(options)
	findings = slices.Concat(d.findings, findings, d.checkForm(), d.checkMentions(), d.checkSources(options), d.checkWorkbooks(options.Files))
	problems := locate(d.Name, d.data, findings)
	if more := len(problems) - maxProblems; more > 0 {
		problems[maxProblems].Message = fmt.Sprintf("and %d more problems from here on", more)
		problems = problems[:maxProblems+1]
	}
	return c, problems
}

// maxProblems is as many as anybody reads.
const maxProblems = 1000

// Load parses and compiles a document in one go. The result is nil when the data is no report at all.
func Load(name string, data []byte, options CheckOptions) (*Compiled, []Problem) {
	d, err := Parse(name, data)
	if err != nil {
		return nil, []Problem{asProblem(name, err)}
	}
	return d.Compile(options)
}

func asProblem(name string, err error) Problem {
	var problem Problem
	if errors.As(err, &problem) {
		return problem
	}
	return Problem{File: name, Line: 1, Column: 1, Message: err.Error()}
}

// checkForm points the form's own problems to the lines of their keys. A key that could not even be read has its problem already.
func (d *Document) checkForm() []finding {
	var findings []finding
	for _, p := range d.Report.Form.Check() {
		declaration := d.fields[p.Index]
		if !declaration.faulty[p.Key] {
			findings = append(findings, finding{declaration.place(p.Key), inLine(p.Message)})
		}
	}
	return findings
}

// inLine makes a sentence what follows a colon.
func inLine(sentence string) string {
	first, size := utf8.DecodeRuneInString(sentence)
	return string(unicode.ToLower(first)) + strings.TrimSuffix(sentence[size:], ".")
}

// checkMentions finds names outside of templates that nothing bears.
func (d *Document) checkMentions() []finding {
	fields := map[string]bool{}
	for _, field := range d.Report.Form {
		fields[field.Name] = true
	}
	var findings []finding
	for _, m := range d.mentions {
		message := ""
		switch {
		case m.declares:
		case m.target == fieldName && !fields[m.span.text]:
			message = fmt.Sprintf("the form has no field %q%s", m.span.text, suggest(m.span.text, slices.Sorted(maps.Keys(fields))))
		case m.target == cellName:
			message = d.cellProblem(m)
		}
		if message != "" {
			findings = append(findings, finding{m.span.start, message})
		}
	}
	return findings
}

func (d *Document) cellProblem(m mention) string {
	name := m.span.text
	if _, exists := d.cells[name]; !exists {
		return fmt.Sprintf("there is no cell %q%s", name, suggest(name, d.cellNames()))
	}
	return d.readable(name, m.blocks, true)
}

func (d *Document) checkSources(options CheckOptions) []finding {
	if !options.OnlySources {
		return nil
	}
	known := append(slices.Sorted(maps.Keys(options.Sources)), Workbench)
	var findings []finding
	for _, s := range d.sources {
		if s.text != "" && !slices.Contains(known, s.text) {
			findings = append(findings, finding{s.start, fmt.Sprintf("there is no source %q%s", s.text, suggest(s.text, known))})
		}
	}
	return findings
}

func (d *Document) checkWorkbooks(files fs.FS) []finding {
	if files == nil {
		return nil
	}
	var findings []finding
	for _, w := range d.workbooks {
		if message := workbookProblem(files, w.text); message != "" {
			findings = append(findings, finding{w.start, message})
		}
	}
	return findings
}

// workbookProblem says that the workbook is not there. One that cannot be looked at is left to the run.
func workbookProblem(files fs.FS, name string) string {
	info, err := fs.Stat(files, name)
	switch {
	case err == nil && info.Mode().IsRegular(), err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid):
		return ""
	}
	others, _ := fs.Glob(files, "*.[xX][lL][sS][xX]")
	advice := suggest(name, others)
	if advice == "" {
		advice = ": put it there, next to the report, or remove template to fill a blank workbook"
	}
	return fmt.Sprintf("there is no workbook %q in the report's folder%s", name, advice)
}
