package contract

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

func readDocument(t *testing.T) (*Document, []byte) {
	t.Helper()
	data, err := os.ReadFile("../../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return doc, data
}

func TestAnOperationNeedsARuleOfAccess(t *testing.T) {
	t.Parallel()
	_, data := readDocument(t)
	for name, change := range map[string][2]string{
		"no rule":             {"      x-access: administrator\n      x-scope: admin\n", "      x-scope: admin\n"},
		"no scope":            {"      x-access: administrator\n      x-scope: admin\n", "      x-access: administrator\n"},
		"a scope in public":   {"      x-access: public\n", "      x-access: public\n      x-scope: read\n"},
		"nobody calls it":     {"      operationId: listPeople\n", ""},
		"an empty list rules": {"      x-access: administrator\n", "      x-access: []\n"},
	} {
		without := strings.Replace(string(data), change[0], change[1], 1)
		if without == string(data) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := Read([]byte(without)); err == nil {
			t.Errorf("%s: the document is taken", name)
		}
	}
}

func TestEveryOperationIsKnownByOneID(t *testing.T) {
	t.Parallel()
	doc, _ := readDocument(t)
	seen := map[string]string{}
	for _, op := range doc.Operations {
		if before, ok := seen[op.ID]; ok {
			t.Errorf("%s %s and %s are both %s", op.Method, op.Path, before, op.ID)
		}
		seen[op.ID] = op.Method + " " + op.Path
		for _, parameter := range op.Parameters {
			if parameter.Schema == nil || !slices.Contains([]string{"path", "query", "header"}, parameter.In) {
				t.Errorf("%s: the parameter %q says nothing", op.ID, parameter.Name)
			}
		}
	}
}

// Bodies that take any field would let a misspelt one pass in silence.
func TestBodiesOfRequestsNameTheirFields(t *testing.T) {
	t.Parallel()
	doc, _ := readDocument(t)
	for _, op := range doc.Operations {
		if op.Body != nil && op.Body.Media == "application/json" && !doc.resolve(op.Body.Schema).More.none {
			t.Errorf("%s takes fields that it does not know", op.ID)
		}
	}
}

func TestMistakesAreToldInWordsAndAllAtOnce(t *testing.T) {
	t.Parallel()
	doc, _ := readDocument(t)
	for name, test := range map[string]struct {
		schema, body string
		want         []Mistake
	}{
		"right":         {"SignIn", `{"email": "a", "password": "b"}`, nil},
		"missing":       {"SignIn", `{}`, []Mistake{{"email", "email is missing."}, {"password", "password is missing."}}},
		"null":          {"SignIn", `{"email": null, "password": "b"}`, []Mistake{{"email", "email must not be null."}}},
		"wrong types":   {"SignIn", `{"email": 1, "password": []}`, []Mistake{{"email", "email must be text."}, {"password", "password must be text."}}},
		"misspelt":      {"SignIn", `{"emial": "a", "email": "a", "password": "b"}`, []Mistake{{"emial", "emial is not a field of this request; did you mean email?"}}},
		"unknown":       {"SignIn", `{"remember": true, "email": "a", "password": "b"}`, []Mistake{{"remember", "remember is not a field of this request; it takes email, password."}}},
		"no object":     {"SignIn", `[]`, []Mistake{{"", "The body must be a JSON object."}}},
		"nothing":       {"SignIn", `null`, []Mistake{{"", "The body must not be null."}}},
		"empty":         {"SignIn", `{"email": "", "password": "b"}`, []Mistake{{"email", "email must not be empty."}}},
		"other case":    {"SignIn", `{"Email": "a", "email": "a", "password": "b"}`, []Mistake{{"Email", "Email is not a field of this request; did you mean email?"}}},
		"enumeration":   {"GrantNew", `{"level": "all"}`, []Mistake{{"level", "level must be one of run, view_sql, edit."}}},
		"no id":         {"GrantNew", `{"level": "run", "person_id": "me"}`, []Mistake{{"person_id", "person_id must be an id, as in 0197f3a2-5c1e-7d0b-8b1a-3f6f0a1c2d3e."}}},
		"too small":     {"DocumentSave", `{"base": 0, "document": "x"}`, []Mistake{{"base", "base must be at least 1."}}},
		"too large":     {"DocumentSave", `{"base": 3000000000, "document": "x"}`, []Mistake{{"base", "base must be a whole number of at most 2,147,483,647."}}},
		"a fraction":    {"DocumentSave", `{"base": 1.5, "document": "x"}`, []Mistake{{"base", "base must be a whole number."}}},
		"a huge one":    {"DocumentSave", `{"base": 1e400, "document": "x"}`, []Mistake{{"base", "base must be a whole number."}}},
		"no boolean":    {"PersonChange", `{"disabled": "yes"}`, []Mistake{{"disabled", "disabled must be true or false."}}},
		"no list":       {"TokenNew", `{"name": "x", "scopes": "read"}`, []Mistake{{"scopes", "scopes must be a list."}}},
		"an empty list": {"TokenNew", `{"name": "x", "scopes": []}`, []Mistake{{"scopes", "scopes must have at least 1 item."}}},
		"within a list": {"TokenNew", `{"name": "x", "scopes": ["read", "all"]}`, []Mistake{{"scopes.1", "scopes.1 must be one of read, run, write, admin."}}},
		"within a map":  {"GroupNew", `{"name": "x", "limits": {"partner": [1]}}`, []Mistake{{"limits.partner.0", "limits.partner.0 must be text."}}},
		"a pattern":     {"SourceNew", `{"name": "A b", "driver": "postgres", "dsn": "x"}`, []Mistake{{"name", "name must match ^[a-z][a-z0-9_]*$."}}},
		"NUL":           {"SignIn", `{"email": "a\u0000", "password": "b"}`, []Mistake{{"email", "email must not contain the character NUL."}}},
		"any values":    {"RunNew", `{"values": {"a": [1, {"b": null}], "c": 12345678901234567890}}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, doc.Check(doc.schemas[test.schema], decode(t, test.body))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAHostileBodyGetsAShortAnswer(t *testing.T) {
	t.Parallel()
	doc, _ := readDocument(t)
	members := make(map[string]any, 10_000)
	for i := range 10_000 {
		members[strings.Repeat("x", 1000)+strconv.Itoa(i)] = i
	}
	mistakes := doc.Check(doc.schemas["SignIn"], members)
	length := 0
	for _, mistake := range mistakes {
		length += len(mistake.Field) + len(mistake.Message)
	}
	if len(mistakes) != most || length > 100*most*4 {
		t.Errorf("%d mistakes in %d bytes", len(mistakes), length)
	}
}

func TestParametersAreHeldAgainstTheirType(t *testing.T) {
	t.Parallel()
	doc, _ := readDocument(t)
	for text, wrong := range map[string]bool{"1": false, "500": false, "0": true, "501": true, "ten": true, "": true, "1.5": true} {
		limit := Parameter{Name: "limit", In: "query", Schema: &Schema{Type: "integer", Minimum: new(int64(1)), Maximum: new(int64(500))}}
		if got := len(doc.CheckParameter(limit, text)) > 0; got != wrong {
			t.Errorf("limit=%s: wrong is %v", text, got)
		}
	}
	for text, wrong := range map[string]bool{"true": false, "false": false, "1": true, "": true, "TRUE": true} {
		if got := len(doc.CheckParameter(Parameter{Name: "mine", Schema: &Schema{Type: "boolean"}}, text)) > 0; got != wrong {
			t.Errorf("mine=%s: wrong is %v", text, got)
		}
	}
}

func decode(t *testing.T, text string) (value any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestTheDocumentIsOpenAPI(t *testing.T) {
	t.Parallel()
	_, data := readDocument(t)
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
}
