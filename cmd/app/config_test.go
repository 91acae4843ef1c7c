package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Whoever writes a configuration learns of all that is wrong with it at once.
func TestEveryMistakeIsTold(t *testing.T) {
	t.Setenv("VITRINA_SOURCES_SHOP_LIMITS_ROWS", "many")
	_, err := config(t, `timezone: Europe/Atlantis
colour: red
database: ${NOT_SET_A}
sources:
  warehouse: {driver: clickhouse, dsn: "http://reader:${NOT_SET_B}@ch:8123/shop", limits: {rows: -5}}
  billing: {driver: oracle, dsn: x}
  archive: {driver: embedded, limits: {time: soon}}
  workbench: {driver: embedded}
`)
	if !fault.IsInvalid(err) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"vitrina.yaml", "Europe/Atlantis", "colour", "NOT_SET_A", "NOT_SET_B", `"soon"`, "limits.rows must not be negative", `"oracle"`, "sources.workbench", `"many" is no number`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s is missing in\n%v", want, err)
		}
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"rows: many": `"many" is no number`, "rows: ''": `"" is no number`, "rows: true": `"true" is no number`, "rows: [1]": "no number",
		"rows: 1.5": "1.5 is no whole number", "rows: 1e30": "more than there can be", "rows: .inf": "more than there can be",
		"rows: 9223372036854775808": "more than there can be", "runs: x": `"x" is no number`, "bytes: 5 PB": `"5 PB" is no number`, "bytes: -5MB": "no number",
	} {
		if _, err := config(t, warehouseLimits(text)); !fault.IsInvalid(err) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	c, err := config(t, warehouseLimits("rows: 5e7, bytes: 1.5 KB, memory: ' 9223372036854775807 '"))
	if got := c.Sources["warehouse"].Limits; err != nil || got.Rows != 50_000_000 || got.Bytes != 1536 || got.Memory != 1<<63-1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// What a variable holds is taken as it is: it is not looked through for more variables, nor read as YAML.
func TestVariablesWithinValues(t *testing.T) {
	t.Setenv("ODD_PASSWORD", `p@ss'"${HOME}: {[#`)
	t.Setenv("EMPTY_PASSWORD", "")
	c, err := config(t, `sources:
  a: {driver: postgres, dsn: "host=pg password=${ODD_PASSWORD}"}
  b: {driver: postgres, dsn: "a${EMPTY_PASSWORD}b $HOME $${EMPTY_PASSWORD} ${not a name}"}
`)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Sources["a"].DSN; got != `host=pg password=p@ss'"${HOME}: {[#` {
		t.Errorf("%q", got)
	}
	if got := c.Sources["b"].DSN; got != "ab $HOME $ ${not a name}" {
		t.Errorf("%q", got)
	}
}

// The file named comes before the one of the environment, and that one before the one in the working folder.
func TestWhichFileIsRead(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	t.Setenv("VITRINA_CONFIG", "")
	zone := func(path string) string {
		t.Helper()
		c, err := LoadConfig(path)
		if err != nil {
			t.Fatal(err)
		}
		return c.Timezone
	}
	if got := zone(""); got != "" {
		t.Errorf("with no file: %s", got)
	}
	for name, text := range map[string]string{"vitrina.yaml": "timezone: Asia/Tokyo", "other.yaml": "timezone: Europe/Berlin", "third.yaml": "timezone: UTC"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := zone(""); got != "Asia/Tokyo" {
		t.Errorf("in the working folder: %s", got)
	}
	t.Setenv("VITRINA_CONFIG", filepath.Join(folder, "other.yaml"))
	if got := zone(""); got != "Europe/Berlin" {
		t.Errorf("of the environment: %s", got)
	}
	if got := zone("third.yaml"); got != "UTC" {
		t.Errorf("named: %s", got)
	}
	for _, path := range []string{"none.yaml", folder} {
		if _, err := LoadConfig(path); !fault.IsInvalid(err) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// An empty file, or one with comments alone, is a configuration without settings.
func TestEmptyConfiguration(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "# nothing\n", "\ufeff# from Windows\r\n", "sources:\n", "sources: {}\n", "---\n"} {
		if c, err := config(t, text); err != nil || len(c.Sources) > 0 {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	}
}

func TestWhereTheDataLies(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for _, c := range []struct{ flag, configured, environment, want string }{
		{"", "", "", ".vitrina"},
		{"", "", "env", "env"},
		{"", "conf", "env", "conf"},
		{"flag", "conf", "env", "flag"},
		{"", "", filepath.Join(folder, "x"), "x"},
	} {
		t.Setenv("VITRINA_DATA", c.environment)
		got, err := dataDir(c.flag, c.configured)
		if err != nil || got != filepath.Join(folder, c.want) {
			t.Errorf("%+v: %s, %v", c, got, err)
		}
	}
}
