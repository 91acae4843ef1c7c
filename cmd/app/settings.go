package app

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/yaml"
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
	var config Config
	mistakes := errors.Join(err, judge(missing), override(k, os.Environ()), unknownKeys(k), decode(k, &config), config.check())
	if mistakes != nil {
		return Config{}, fault.New(fault.Invalid, "The configuration is wrong (%s):\n%w", name, mistakes)
	}
	return config, nil
}

// unknownKeys finds keys that name no setting, each once and as far as it is wrong: sorces, not all that stands below it.
func unknownKeys(k *koanf.Koanf) error {
	patterns := settableKeys(reflect.TypeFor[Config](), "")
	told := map[string]bool{}
	var mistakes []error
	for _, key := range k.Keys() {
		if wrong, siblings := strayKey(patterns, strings.Split(key, ".")); wrong != "" && !told[wrong] {
			told[wrong] = true
			sentence := fmt.Sprintf("there is no setting %s", wrong)
			if meant := reports.Closest(wrong[strings.LastIndex(wrong, ".")+1:], siblings); meant != "" {
				sentence += fmt.Sprintf("; did you mean %s?", meant)
			}
			mistakes = append(mistakes, errors.New(sentence))
		}
	}
	return errors.Join(mistakes...)
}

// strayKey is the shortest beginning of the key that no setting has, and what could stand in its last place. A key that ends early
// (an empty mapping) or is right gives "".
func strayKey(patterns []string, key []string) (wrong string, siblings []string) {
	for depth := range key {
		var next []string
		siblings = siblings[:0]
		for _, pattern := range patterns {
			parts := strings.Split(pattern, ".")
			if depth >= len(parts) {
				continue
			}
			siblings = append(siblings, parts[depth])
			if parts[depth] == "*" || parts[depth] == key[depth] {
				next = append(next, pattern)
			}
		}
		if len(next) == 0 {
			return strings.Join(key[:depth+1], "."), siblings
		}
		patterns = next
	}
	return "", nil
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

// decode fills the struct; what does not fit is told a line each. Unknown keys are unknownKeys' business.
func decode(k *koanf.Koanf, config *Config) error {
	err := k.UnmarshalWithConf("", config, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		Result:           config,
		TagName:          "koanf",
		WeaklyTypedInput: true,
		DecodeHook:       mapstructure.ComposeDecodeHookFunc(decodeDuration, decodeNumber, mapstructure.StringToSliceHookFunc(",")),
	}})
	if err == nil {
		return nil
	}
	_, lines, found := strings.Cut(err.Error(), "\n\n")
	if !found {
		return err
	}
	return errors.New(strings.TrimSpace(lines))
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

// decodeNumber reads whole numbers, also as sizes: 512MB, 4GiB and the like are bytes, in steps of 1024.
func decodeNumber(_, to reflect.Type, data any) (any, error) {
	if to.Kind() != reflect.Int64 && to.Kind() != reflect.Int || to == reflect.TypeFor[time.Duration]() {
		return data, nil
	}
	text := strings.TrimSpace(fmt.Sprint(data))
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	number, factor := text, 1.0
	if match := size.FindStringSubmatch(text); match != nil {
		number, factor = match[1], float64(int64(1)<<(10*(strings.Index("KMGT", strings.ToUpper(match[2]))+1)))
	}
	n, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%q is no number; write 50000, or 500MB or 4GB for bytes", text)
	case math.Abs(n*factor) >= math.MaxInt64 || math.IsNaN(n):
		return nil, fmt.Errorf("%s is more than there can be", text)
	case factor == 1 && n != math.Trunc(n):
		return nil, fmt.Errorf("%s is no whole number", text)
	}
	return int64(n * factor), nil
}
