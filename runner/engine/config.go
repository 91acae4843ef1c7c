package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Folders of an engine.
const (
	storeDir  = "store"
	configDir = "config"
	spoolDir  = "spool"
)

func (work order) path(name string) string { return filepath.Join(work.Dir, name) }

// engines are the table and database engines that may be used: those that keep their data in the engine's folder.
// What reaches files, other databases or processes is not among them.
var engines = []string{
	"AggregatingMergeTree", "Atomic", "Buffer", "CoalescingMergeTree", "CollapsingMergeTree", "Dictionary", "GenerateRandom",
	"GraphiteMergeTree", "Join", "Log", "MaterializedView", "Memory", "Merge", "MergeTree", "Null", "Ordinary", "ReplacingMergeTree",
	"Set", "StripeLog", "SummingMergeTree", "TinyLog", "VersionedCollapsingMergeTree", "View", "WindowView",
}

// rights of the one user there is. There is no right to a source (file, url, s3, remote, mysql, …), to introspection, to
// users or to the system: an allow-list, which holds for reports and for those who load data.
var rights = []string{
	"SHOW", "SELECT", "INSERT", "ALTER", "CREATE DATABASE", "CREATE TABLE", "CREATE VIEW", "CREATE DICTIONARY",
	"CREATE TEMPORARY TABLE", "CREATE ARBITRARY TEMPORARY TABLE", "CREATE FUNCTION", "DROP", "UNDROP TABLE", "TRUNCATE", "OPTIMIZE",
	"KILL QUERY", "dictGet",
}

// writeConfig writes what the library reads when it starts, and gives its path.
func (work order) writeConfig() (string, error) {
	if err := os.RemoveAll(work.path(spoolDir)); err != nil {
		return "", err
	}
	for _, dir := range []string{storeDir, configDir, spoolDir} {
		if err := os.MkdirAll(work.path(dir), 0o700); err != nil {
			return "", err
		}
	}
	users, config := work.path(configDir+"/users.xml"), work.path(configDir+"/engine.xml")
	if err := os.WriteFile(users, []byte(usersXML()), 0o600); err != nil {
		return "", err
	}
	return config, os.WriteFile(config, []byte(work.configXML(users)), 0o600)
}

// configXML denies every host (remote_url_allow_hosts without an entry) and takes the user from our file.
func (work order) configXML(users string) string {
	return fmt.Sprintf(`<clickhouse>
  <users_config>%s</users_config>
  <remote_url_allow_hosts></remote_url_allow_hosts>
  <max_server_memory_usage>%d</max_server_memory_usage>
  <max_server_memory_usage_to_ram_ratio>%s</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>134217728</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <mmap_cache_size>100</mmap_cache_size>
</clickhouse>
`, escapeXML(users), work.MaxMemory, ramRatio(work.MaxMemory))
}

// ramRatio bounds the memory when no bound is given, and otherwise does not lower the one that is.
func ramRatio(maxMemory int64) string {
	if maxMemory > 0 {
		return "1"
	}
	return "0.6"
}

func usersXML() string {
	var grants strings.Builder
	grants.WriteString("<query>GRANT " + strings.Join(rights, ", ") + " ON *.*</query>")
	for _, engine := range engines {
		grants.WriteString("<query>GRANT TABLE ENGINE ON " + engine + "</query>")
	}
	return `<clickhouse>
  <profiles><default>
    <log_queries>0</log_queries>
    <allow_introspection_functions>0</allow_introspection_functions>
    <constraints>
      <dialect><const/></dialect>
      <allow_introspection_functions><const/></allow_introspection_functions>
    </constraints>
  </default></profiles>
  <quotas><default/></quotas>
  <users><` + user + `>
    <password></password>
    <networks><ip>::/0</ip></networks>
    <profile>default</profile>
    <quota>default</quota>
    <grants>` + grants.String() + `</grants>
    <databases><system>` + rowsXML() + `</system></databases>
  </` + user + `></users>
</clickhouse>
`
}

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
