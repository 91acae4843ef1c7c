package catalog

import (
	"container/list"
	"sync"

	"github.com/vitrina-reports/vitrina/reports"
)

// Bounds of the cache. Templates take several times the room of their documents.
const (
	cachedReports   = 500
	cachedDocuments = 16 << 20 // bytes
)

// compiledKey names all that a compiled report depends on.
type compiledKey struct {
	id       string
	slug     string
	revision int
	snippets int64
	sources  string
}

type cached struct {
	key    compiledKey
	report *reports.Compiled
	bytes  int
}

// cache keeps the compiled reports that were asked for last, and the snippets of one version.
type cache struct {
	mu       sync.Mutex
	byKey    map[compiledKey]*list.Element
	order    *list.List // of cached, the last asked for first
	bytes    int
	version  int64
	byName   reports.Snippets
	capacity int
}

func newCache() *cache {
	return &cache{byKey: map[compiledKey]*list.Element{}, order: list.New(), capacity: cachedReports}
}

func (c *cache) compiled(key compiledKey) (*reports.Compiled, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byKey[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(element)
	return element.Value.(cached).report, true
}

func (c *cache) keepCompiled(key compiledKey, report *reports.Compiled, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.byKey[key]; there {
		return
	}
	c.byKey[key] = c.order.PushFront(cached{key, report, bytes})
	c.bytes += bytes
	for c.order.Len() > c.capacity || c.bytes > cachedDocuments && c.order.Len() > 1 {
		last := c.order.Remove(c.order.Back()).(cached)
		delete(c.byKey, last.key)
		c.bytes -= last.bytes
	}
}

func (c *cache) snippets(version int64) (reports.Snippets, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byName, c.byName != nil && c.version == version
}

func (c *cache) keepSnippets(version int64, snippets reports.Snippets) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byName == nil || version >= c.version {
		c.version, c.byName = version, snippets
	}
}
