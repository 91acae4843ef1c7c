package main

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
)

// param is one -p of the command line.
type param struct {
	name, value string
	file        bool // the value is what a file holds
}

type params []param

// readParams takes NAME=VALUE pairs apart and reads the files they name.
func readParams(given []string, stdin io.Reader) (params, error) {
	var read params
	fromInput := ""
	for _, pair := range given {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			return nil, fault.New(fault.Invalid, "-p %s: write it as -p name=value", pair)
		}
		if value == "@-" {
			if fromInput != "" {
				return nil, fault.New(fault.Invalid, "-p %s and -p %s: standard input can be read only once", fromInput, pair)
			}
			fromInput = pair
		}
		p, err := readParam(name, value, stdin)
		if err != nil {
			return nil, err
		}
		read = append(read, p)
	}
	return read, nil
}

// readParam resolves @file, @- for standard input, and @@ for a text that starts with @.
func readParam(name, value string, stdin io.Reader) (param, error) {
	path, isFile := strings.CutPrefix(value, "@")
	if !isFile || path == "" {
		return param{name: name, value: value}, nil
	}
	if strings.HasPrefix(path, "@") {
		return param{name: name, value: path}, nil
	}
	read := func() ([]byte, error) { return os.ReadFile(path) }
	if path == "-" {
		read = func() ([]byte, error) { return io.ReadAll(stdin) }
	}
	data, err := read()
	switch {
	case err != nil:
		return param{}, fault.New(fault.Invalid, "-p %s=%s: the file cannot be read: %w (a text that starts with @ is written @@)", name, value, err)
	case !utf8.Valid(data):
		return param{}, fault.New(fault.Invalid, "-p %s=%s: the file is not UTF-8 text", name, value)
	}
	return param{name: name, value: string(data), file: true}, nil
}

// values are the raw values. A name that came several times has a list; where one of a list field's is a file, each of them may hold
// many values, a line each.
func (p params) values(form forms.Form) forms.Raw {
	byName := map[string]params{}
	for _, one := range p {
		byName[one.name] = append(byName[one.name], one)
	}
	values := forms.Raw{}
	for name, several := range byName {
		switch {
		case len(several) == 1:
			values[name] = several[0].value
		case several.anyFile() && isList(form, name):
			values[name] = strings.Join(several.texts(), "\n")
		default:
			values[name] = several.texts()
		}
	}
	return values
}

func (p params) anyFile() bool {
	for _, one := range p {
		if one.file {
			return true
		}
	}
	return false
}

// texts are the values, without the marks that files may begin with.
func (p params) texts() []string {
	texts := make([]string, len(p))
	for i, one := range p {
		texts[i] = one.value
		if one.file {
			texts[i] = strings.TrimPrefix(one.value, "\ufeff")
		}
	}
	return texts
}

func isList(form forms.Form, name string) bool {
	for i := range form {
		if form[i].Name == name {
			return form[i].Type == forms.Input && form[i].Kind == forms.List
		}
	}
	return false
}
