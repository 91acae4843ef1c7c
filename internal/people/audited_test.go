package people_test

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/audited.json")

// audited is what translators of the audit log need to know.
type audited struct {
	Actions []string `json:"actions"`
	Details []string `json:"details"` // keys
}

// actionForm is how actions are written, and little else.
var actionForm = regexp.MustCompile(`^(backup|file|folder|grant|group|link|person|report|run|secrets|session|snippet|source|token|trial|workbook)\.[a-z_]+$`)

// notActions are written the same way.
var notActions = []string{"report.md", "run.lock", "secrets.key"}

// Whoever adds an action, or a key to its details, gives them words in web/ui/src/features/audit/i18n.
func TestWhatTheAuditLogTellsIsListedForTranslators(t *testing.T) {
	t.Parallel()
	found := collector{actions: map[string]bool{}, details: map[string]bool{}, calls: regexp.MustCompile(`^(Did|did|commanded|decide|changeGroup|changeMember|grantEvent)$`)}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && slices.Contains([]string{"node_modules", "bin", "ui", "testdata", ".git"}, entry.Name()):
			return fs.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			return found.read(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found.calledWith {
		if !found.actions[name] {
			t.Errorf("%q is an action of a kind that this test does not know", name)
		}
	}
	for _, name := range notActions {
		delete(found.actions, name)
	}
	listed, err := json.MarshalIndent(audited{slices.Sorted(maps.Keys(found.actions)), slices.Sorted(maps.Keys(found.details))}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const file = "testdata/audited.json"
	if *update {
		if err := os.WriteFile(file, append(listed, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(listed)+"\n", string(kept)); diff != "" {
		t.Errorf("%s is not what the code writes; run the test with -update, and give what is new its words:\n%s", file, diff)
	}
}

// collector finds actions and the keys of their details in source files.
type collector struct {
	actions, details map[string]bool
	calls            *regexp.Regexp // what writes events
	calledWith       []string       // texts with a dot that these get
}

func (c *collector) read(path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BasicLit:
			if name := text(node); actionForm.MatchString(name) {
				c.actions[name] = true
			}
		case *ast.CallExpr:
			c.call(node)
		case *ast.AssignStmt:
			c.assignment(node)
		}
		return true
	})
	return nil
}

func (c *collector) call(call *ast.CallExpr) {
	name := nameOf(call.Fun)
	if name == "differs" && len(call.Args) == 3 {
		c.details[text(call.Args[0])] = true
	}
	if !c.calls.MatchString(name) {
		return
	}
	for _, argument := range call.Args {
		if written := text(argument); strings.Contains(written, ".") {
			c.calledWith = append(c.calledWith, written)
		}
		c.keys(argument)
	}
}

// assignment finds details that are put together before the call.
func (c *collector) assignment(assignment *ast.AssignStmt) {
	for i, left := range assignment.Lhs {
		index, indexed := left.(*ast.IndexExpr)
		switch {
		case indexed && nameOf(index.X) == "details" && text(index.Index) != "":
			c.details[text(index.Index)] = true
		case nameOf(left) == "details" && i < len(assignment.Rhs):
			c.keys(assignment.Rhs[i])
		}
	}
}

func (c *collector) keys(value ast.Expr) {
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return
	}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok && text(pair.Key) != "" {
			c.details[text(pair.Key)] = true
		}
	}
}

func nameOf(expression ast.Expr) string {
	switch expression := expression.(type) {
	case *ast.Ident:
		return expression.Name
	case *ast.SelectorExpr:
		return expression.Sel.Name
	}
	return ""
}

func text(expression ast.Expr) string {
	literal, ok := expression.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return ""
	}
	written, _ := strconv.Unquote(literal.Value)
	return written
}
