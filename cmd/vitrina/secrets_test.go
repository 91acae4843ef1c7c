package main

import (
	"strings"
	"testing"
)

const secret = "s3cr3t-w0rd"

// A password is in nothing that is printed, whatever is wrong with the address it stands in.
func TestPasswordsAreNeverPrinted(t *testing.T) {
	t.Parallel()
	_, e := shared.start(t)
	endpoint, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := report(t, "form: [{name: q, type: select, options: {sql: SELECT 1 AS value}}]", cell("c", "SELECT 1 AS one"))
	for name, c := range map[string]struct {
		driver, dsn string
		code        int
		want        string
	}{
		"nobody there":              {"clickhouse", "http://reader:" + secret + "@127.0.0.1:1/shop", exitFailed, "refused"},
		"no such host":              {"clickhouse", "http://reader:" + secret + "@host.invalid:8123/shop", exitFailed, "host"},
		"wrong password":            {"clickhouse", "http://default:" + secret + "@" + endpoint.Addr + "/default", exitFailed, "warehouse"},
		"no database":               {"clickhouse", strings.TrimSuffix(endpoint.DSN(), "/default") + "/no_such_database", exitFailed, "no_such_database"},
		"no port":                   {"clickhouse", "http://reader:" + secret + "@ch:port/shop", exitWrong, `"warehouse"`},
		"no address":                {"clickhouse", "http://reader:" + secret + "@[ch/shop", exitWrong, `"warehouse"`},
		"native protocol":           {"clickhouse", "clickhouse://reader:" + secret + "@ch:9000/shop", exitWrong, "http"},
		"unknown parameter":         {"clickhouse", "http://reader:" + secret + "@127.0.0.1:1/shop?password=" + secret, exitFailed, "warehouse"},
		"percent sign":              {"clickhouse", "http://reader:" + secret + "%zz@ch:8123/shop", exitWrong, "%XX"},
		"Postgres that is none":     {"clickhouse", "postgres://reader:" + secret + "@127.0.0.1:1/shop", exitWrong, "http"},
		"no Postgres there":         {"postgres", "postgres://reader:" + secret + "@127.0.0.1:1/shop", exitFailed, "refused"},
		"Postgres without host":     {"postgres", "postgres://reader:" + secret + "@host.invalid/shop", exitFailed, "host"},
		"Postgres without port":     {"postgres", "postgres://reader:" + secret + "@pg:port/shop", exitWrong, "postgres://"},
		"Postgres by key and value": {"postgres", "host=127.0.0.1 port=1 user=reader password=" + secret, exitFailed, "refused"},
		"Postgres in a bad list":    {"postgres", "host=127.0.0.1 password='" + secret, exitWrong, "postgres://"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := write(t, "vitrina.yaml", "sources: {warehouse: {driver: "+c.driver+", dsn: \""+strings.ReplaceAll(c.dsn, "\\", "\\\\")+"\"}}")
			for _, args := range [][]string{
				{"run", path, "--json", "-p", "q=1"}, {"run", path, "--format", "csv"}, {"sql", "SELECT 1"}, {"sql", "CREATE TABLE x (n Int8)"},
			} {
				got := vitrina(t, append(args, "--config", config)...)
				if got.code != c.code || !strings.Contains(got.err, c.want) {
					t.Errorf("%q: code %d, %.300q", args, got.code, got.err)
				}
				for _, word := range []string{secret, endpoint.Password} {
					if strings.Contains(got.out+got.err, word) {
						t.Errorf("%q prints the password: %s%s", args, got.out, got.err)
					}
				}
			}
		})
	}
}

// Nor is it in what is said of a configuration that cannot be read.
func TestPasswordsInWrongConfigurations(t *testing.T) {
	t.Parallel()
	dsn := "http://reader:" + secret + "@ch:8123/shop"
	for name, text := range map[string]string{
		"a list":         "sources: {warehouse: {driver: clickhouse, dsn: [\"" + dsn + "\"]}}",
		"a map":          "sources: {warehouse: {driver: clickhouse, dsn: {url: \"" + dsn + "\"}}}",
		"a level short":  "sources: {warehouse: \"" + dsn + "\"}",
		"two short":      "sources: \"" + dsn + "\"",
		"no map at all":  "\"" + dsn + "\"",
		"a wrong key":    "sources: {warehouse: {driver: clickhouse, dns: \"" + dsn + "\"}}",
		"broken YAML":    "sources:\n  warehouse: {driver: clickhouse, dsn: \"" + dsn + "\"\n",
		"broken indent":  "sources:\n  warehouse:\n     dsn: " + dsn + "\n    driver: clickhouse\n",
		"two of one key": "sources: {warehouse: {driver: clickhouse, dsn: \"" + dsn + "\", dsn: \"" + dsn + "\"}}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := write(t, "vitrina.yaml", text)
			got := vitrina(t, "sql", "SELECT 1", "--config", config)
			refused(t, got, config)
			if strings.Contains(got.err, secret) {
				t.Errorf("prints the password: %s", got.err)
			}
		})
	}
}
