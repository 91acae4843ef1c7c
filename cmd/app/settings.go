package app

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

// defaultConfig is read when it is there and no other file is named.
const defaultConfig = "vitrina.yaml"

// LoadConfig reads the file (or vitrina.yaml, if there is one), expands ${ENV} in its values and lets VITRINA_… override them.
// Every mistake is told, not only the first.
func LoadConfig(path string) (Config, error) {
	return loadConfig(path, func(missing []string) error {
		if len(missing) == 0 {
			return nil
		}
		return errors.New(strings.Join(missing, "\n"))
	})
}

// ReadConfig is LoadConfig for those who open nothing: a ${NAME} that is not set, such as a password, stays as it is written.
func ReadConfig(path string) (Config, error) {
	return loadConfig(path, func([]string) error { return nil })
}

func loadConfig(path string, judge func(missing []string) error) (Config, error) {
	k := koanf.New(".")
	data, name, err := readConfig(path)
	if err != nil {
		return Config{}, err
	}
	if err := k.Load(rawbytes.Provider(data), yaml.Parser()); err != nil {
		return Config{}, fault.New(fault.Invalid, "%s is not valid YAML: %w", name, err)
	}
	missing, err := expand(k)
	if err := errors.Join(err, judge(missing), override(k, os.Environ())); err != nil {
		return Config{}, fault.New(fault.Invalid, "%s: %w", name, err)
	}
	var config Config
	if err := decode(k, &config); err != nil {
		return Config{}, fault.New(fault.Invalid, "%s: %w", name, err)
	}
	return config, config.check()
}

func readConfig(path string) (data []byte, name string, err error) {
	named := path
	if named == "" {
		named = os.Getenv("VITRINA_CONFIG")
	}
	if named == "" {
		data, err = os.ReadFile(defaultConfig)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, "the environment", nil
		}
		named = defaultConfig
	} else {
		data, err = os.ReadFile(named)
	}
	if err != nil {
		return nil, named, fault.New(fault.Invalid, "the configuration cannot be read: %w", err)
	}
	return data, named, nil
}

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
var reserved = []string{"VITRINA_CONFIG", "VITRINA_DATA", "VITRINA_LIBCHDB", "VITRINA_ENGINE_CONFINED"}

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
	candidates := []string{"CONFIG", "DATA", "LIBCHDB"}
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

func decode(k *koanf.Koanf, config *Config) error {
	return k.UnmarshalWithConf("", config, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		Result:           config,
		TagName:          "koanf",
		ErrorUnused:      true,
		WeaklyTypedInput: true,
		DecodeHook:       mapstructure.ComposeDecodeHookFunc(decodeDuration, decodeSize),
	}})
}

// decodeDuration reads 90s, 10m, 12h and days as 30d. A number without a unit is refused, but for 0.
func decodeDuration(_, to reflect.Type, data any) (any, error) {
	if to != reflect.TypeFor[time.Duration]() {
		return data, nil
	}
	text := strings.TrimSpace(fmt.Sprint(data))
	if n, err := strconv.ParseFloat(text, 64); err == nil && n != 0 {
		return nil, fmt.Errorf("%s has no unit; write %ss", text, text)
	}
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		const most = float64(math.MaxInt64 / (24 * time.Hour))
		if n, err := strconv.ParseFloat(days, 64); err == nil && math.Abs(n) < most {
			return time.Duration(n * 24 * float64(time.Hour)), nil
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return nil, fmt.Errorf("%q is no duration; write 30s, 10m, 2h or 30d", text)
	}
	return d, nil
}

var size = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s*([kKMGT])i?B?$`)

// decodeSize reads 512MB, 4GiB and the like as bytes, in steps of 1024.
func decodeSize(_, to reflect.Type, data any) (any, error) {
	text, ok := data.(string)
	if to.Kind() != reflect.Int64 || to == reflect.TypeFor[time.Duration]() || !ok {
		return data, nil
	}
	match := size.FindStringSubmatch(strings.TrimSpace(text))
	if match == nil {
		return text, nil
	}
	n, err := strconv.ParseFloat(match[1], 64)
	power := strings.Index("KMGT", strings.ToUpper(match[2])) + 1
	if n *= float64(int64(1) << (10 * power)); err == nil && n >= math.MaxInt64 {
		err = fmt.Errorf("%s is more than there can be", text)
	}
	return int64(n), err
}
