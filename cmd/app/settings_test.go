package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// config loads a configuration of that text.
func config(t *testing.T, text string) (Config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vitrina.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return LoadConfig(path)
}

func warehouseLimits(limits string) string {
	return "sources: {warehouse: {driver: embedded, limits: {" + limits + "}}}"
}

func TestLimitsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	c, err := config(t, warehouseLimits("time: 1.5d, rows: 50000000, bytes: 1KB, memory: 4GiB, runs: 8")+"\nengine: {memory: 2G}")
	want := LimitsConfig{Time: 36 * time.Hour, Rows: 50_000_000, Bytes: 1024, Memory: 4 << 30, Runs: 8}
	if got := c.Sources["warehouse"].Limits; err != nil || got != want || c.Engine.Memory != 2<<30 {
		t.Errorf("got %+v, %d, %v", got, c.Engine.Memory, err)
	}
	if c, err = config(t, warehouseLimits("time: 0")); err != nil || c.Sources["warehouse"].Limits != (LimitsConfig{}) {
		t.Errorf("none: %+v, %v", c, err)
	}
}

func TestMistakesOfSettings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		warehouseLimits("time: 600"):               "600 has no unit; write 600s",
		warehouseLimits("time: '600'"):             "600 has no unit; write 600s",
		warehouseLimits("time: 1.5"):               "1.5 has no unit; write 1.5s",
		warehouseLimits("time: true"):              `"true" is no duration`,
		warehouseLimits("time: 10 minutes"):        `"10 minutes" is no duration; write 30s`,
		warehouseLimits("time: 1e300d"):            `"1e300d" is no duration`,
		warehouseLimits("time: -5m"):               "sources.warehouse.limits.time must not be negative",
		warehouseLimits("rows: -1"):                "sources.warehouse.limits.rows must not be negative",
		warehouseLimits("bytes: -1"):               "sources.warehouse.limits.bytes must not be negative",
		warehouseLimits("memory: -1"):              "sources.warehouse.limits.memory must not be negative",
		warehouseLimits("runs: -1"):                "sources.warehouse.limits.runs must not be negative",
		warehouseLimits("bytes: 99999999T"):        "99999999T is more than there can be",
		"engine: {memory: -1}":                     "engine.memory must not be negative",
		"artifacts: {retention: 30}":               "30 has no unit; write 30s",
		"artifacts: {retention: -30d}":             "artifacts.retention must not be negative",
		warehouseLimits("rows: -1, time: -1s"):     "limits.rows must not be negative",
		"sources: {workbench: {driver: embedded}}": "give the source another name",
		"sources: {a: {driver: oracle}}":           `there is no driver "oracle"`,
		"sources: {a: {driver: postgres}}":         "sources.a.dsn is missing",
		warehouseLimits("overflow: drop"):          "must be fail or cut",
		"sources: {a: {driver: embedded, dns: x}}": "dns",
		"sources: {a: {driver: postgres, dsn: $x}": "YAML",
		"database: ${VITRINA_NOT_SET_ANYWHERE}":    "VITRINA_NOT_SET_ANYWHERE, which is not set",
		"timezone: Europe/Atlantis":                "there is no time zone",
	} {
		if _, err := config(t, text); !fault.IsInvalid(err) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func TestVariablesOverrideTheFile(t *testing.T) {
	for name, value := range map[string]string{
		"VITRINA_TIMEZONE": "Asia/Tokyo", "VITRINA_SOURCES_BILLING_EU_DSN": "postgres://x", "VITRINA_SOURCES_BILLING_EU_DRIVER": "postgres",
		"VITRINA_SOURCES_WAREHOUSE_LIMITS_TIME": "10m",
		// What others say, and what is read elsewhere.
		"VITRINA_ENGINE_CONFINED": "1", "VITRINA_LIBCHDB": "/lib", "VITRINA_SERVICE_HOST": "10.0.0.1", "VITRINA_SERVICE_PORT_HTTP": "80",
		"VITRINA_PORT": "tcp://10.0.0.1:80", "VITRINA_PORT_80_TCP_ADDR": "10.0.0.1",
	} {
		t.Setenv(name, value)
	}
	c, err := config(t, warehouseLimits("time: 1m"))
	if err != nil || c.Timezone != "Asia/Tokyo" || c.Sources["billing_eu"].DSN != "postgres://x" || c.Sources["warehouse"].Limits.Time != 10*time.Minute {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestMisspeltVariables(t *testing.T) {
	for name, meant := range map[string]string{
		"VITRINA_TIMEZON":                       "VITRINA_TIMEZONE",
		"VITRINA_LIBCHBD":                       "VITRINA_LIBCHDB",
		"VITRINA_SOURCES_WAREHOUSE_DNS":         "VITRINA_SOURCES_WAREHOUSE_DSN",
		"VITRINA_SOURCE_WAREHOUSE_DSN":          "VITRINA_SOURCES_WAREHOUSE_DSN",
		"VITRINA_SOURCES_BILLING_EU_LIMIT_TIME": "VITRINA_SOURCES_BILLING_EU_LIMITS_TIME",
		"VITRINA_ENGINE_MEMRY":                  "VITRINA_ENGINE_MEMORY",
		"VITRINA_QUITE_ANOTHER_THING":           "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, "x")
			want := name + " names no setting"
			if meant != "" {
				want += "; did you mean " + meant + "?"
			}
			if _, err := config(t, ""); !fault.IsInvalid(err) || !strings.HasSuffix(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}
