package app

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/v2"

	"github.com/vitrina-reports/vitrina/reports"
)

var envReference = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// expand replaces ${NAME} in every text of the configuration and says which are missing.
func expand(k *koanf.Koanf) (missing []string, err error) {
	for _, key := range k.Keys() {
		text, ok := k.Get(key).(string)
		if !ok {
			continue
		}
		expanded := envReference.ReplaceAllStringFunc(text, func(reference string) string {
			name := envReference.FindStringSubmatch(reference)[1]
			value, ok := os.LookupEnv(name)
			if !ok {
				missing = append(missing, fmt.Sprintf("%s needs the environment variable %s, which is not set", key, name))
				return reference
			}
			return value
		})
		if err := k.Set(key, expanded); err != nil {
			return missing, err
		}
	}
	return missing, nil
}

// variablePrefix begins every variable of the environment that is meant for Vitrina.
const variablePrefix = "VITRINA_"

// reserved variables are read elsewhere and are no part of the configuration's keys; the last is the engine's own, for its child.
var reserved = []string{"VITRINA_CONFIG", "VITRINA_DATA", "VITRINA_LIBCHDB", "VITRINA_POSTGRES", "VITRINA_ENGINE_CONFINED"}

// foreign variables are what Kubernetes and Docker tell about a service called vitrina.
var foreign = regexp.MustCompile(`^VITRINA_(SERVICE_(HOST|PORT.*)|PORT(_\d+_(TCP|UDP).*)?|NAME|ENV_.*)$`)

// override sets the keys that variables such as VITRINA_SOURCES_WAREHOUSE_DSN name. One that names no key is a mistake.
func override(k *koanf.Koanf, environ []string) error {
	keys := settableKeys(reflect.TypeFor[Config](), "")
	values := map[string]any{}
	var mistakes []error
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, variablePrefix) || slices.Contains(reserved, name) || foreign.MatchString(name) {
			continue
		}
		if key, ok := matchKey(keys, strings.TrimPrefix(name, variablePrefix)); ok {
			values[key] = value
		} else {
			mistakes = append(mistakes, unknownVariable(keys, name))
		}
	}
	return errors.Join(append(mistakes, k.Load(confmap.Provider(values, "."), nil))...)
}

func unknownVariable(keys []string, name string) error {
	variable := strings.TrimPrefix(name, variablePrefix)
	candidates := []string{"CONFIG", "DATA", "LIBCHDB", "POSTGRES"}
	for _, key := range keys {
		candidates = append(candidates, likeVariable(key, variable))
	}
	meant := reports.Closest(variable, candidates)
	if meant != "" {
		meant = "; did you mean " + variablePrefix + meant + "?"
	}
	return fmt.Errorf("the environment variable %s names no setting%s", name, meant)
}

// likeVariable is the key as a variable is written, with the name of the user's own that the variable has in that place.
func likeVariable(key, variable string) string {
	head, tail, wild := strings.Cut(strings.ToUpper(strings.ReplaceAll(key, ".", "_")), "*")
	if !wild {
		return head
	}
	words := strings.Split(variable, "_")
	from, to := strings.Count(head, "_"), len(words)-strings.Count(tail, "_")
	if from >= to {
		return head + tail
	}
	return head + strings.Join(words[from:to], "_") + tail
}

// settableKeys lists the keys of a struct as patterns; * stands for a name of the user's.
func settableKeys(t reflect.Type, prefix string) []string {
	switch {
	case t.Kind() == reflect.Map:
		return settableKeys(t.Elem(), prefix+"*.")
	case t.Kind() != reflect.Struct:
		return []string{strings.TrimSuffix(prefix, ".")}
	}
	var keys []string
	for i := range t.NumField() {
		keys = append(keys, settableKeys(t.Field(i).Type, prefix+t.Field(i).Tag.Get("koanf")+".")...)
	}
	return keys
}

// matchKey finds the key a variable's name means; the longest fixed part wins.
func matchKey(patterns []string, variable string) (string, bool) {
	slices.SortFunc(patterns, func(a, b string) int { return len(b) - len(a) })
	for _, pattern := range patterns {
		upper := strings.ToUpper(strings.ReplaceAll(pattern, ".", "_"))
		head, tail, wild := strings.Cut(upper, "*")
		if !wild && upper == variable {
			return pattern, true
		}
		if wild && len(variable) > len(head)+len(tail) && strings.HasPrefix(variable, head) && strings.HasSuffix(variable, tail) {
			name := strings.ToLower(variable[len(head) : len(variable)-len(tail)])
			return strings.Replace(pattern, "*", name, 1), true
		}
	}
	return "", false
}
