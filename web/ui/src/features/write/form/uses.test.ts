import { describe, expect, it } from "vitest";

import { apply, parseDocument } from "../document";
import { referencesIn } from "./references";
import { renameField, usesOf } from "./uses";

const everywhere = `---
title: "Loyalty of {{ .label.region }}"   # region
form:
  - {name: country, type: input}
  - name:   region # the region, by .country
    type: select
    show_if: 'not (eq .country "it''s")'
    options: {sql: "SELECT region AS value, region AS label FROM regions WHERE country = {{ .country }}"}
  - name: city
    type: select
    show_if: "{{ .region }}"
    options:
      sql: |
        SELECT city AS value, city AS label
        FROM cities WHERE region = {{ .region }}
exports:
- cells: [buyers , "all"]
  format: xlsx
  filename: 'buyers {{ .label.region }} {{ rows "buyers" }}'
audience: {cell: all, id: user_id, campaign: "{{ .region }}-{{ .city }}", exclude: {campaigns: ["{{ .region }}"]}}
schedule:
  - {cron: "0 9 * * *", values: {region: north, "country": it}}
---
Region {{ .label.region }} has {{ rows "buyers" }} buyers, not .region; first {{ value "buyers" "region" }}.

~~~sql   buyers   source=billing
SELECT region, 'buyers' -- .region
FROM t WHERE region = {{ $.region }} {{ with .city }}AND city = {{ . }} AND region = {{$.region}}{{ end }}
~~~
\`\`\`chart c
type: bar
cell: buyers # buyers
x: region
y: count()
title: '{{ rows "buyers" }} of {{ .region | upper }}' # region
\`\`\`
`;

const names = (text: string) => referencesIn(text).map(({ name, from, to }) => (text.slice(from, to) === name ? name : `${name}?`));

describe("fields in templates", () => {
  it.each([
    ["{{ .a }} {{ $.b }} {{ .label.c }} {{ $.label.d }}", "a b c d"],
    ["{{ .user.email }} {{ .run.id }} {{ .report.slug }} {{ .label }}", ""],
    ["{{- if and .a (eq .b.from \"x .no\") -}}{{ .c }}{{ else if .d }}{{ .e }}{{ end }}", "a b c d e"],
    ["{{ range .a }}{{ .no }}{{ $.b }}{{ else }}{{ .c }}{{ end }}{{ .d }}", "a b c d"],
    ["{{ with .a }}{{ .no }}{{ end }}{{ with $ }}{{ .b }}{{ end }}", "a b"],
    ["{{ with .a }}{{ if .no }}{{ .no }}{{ end }}{{ .no }}{{ end }}{{ .b }}", "a b"],
    ["{{ index . \"a\" }} {{ index $ `b` }} {{ index .label \"c\" }} {{ index .d \"no\" }}", "a b c d"],
    ["{{ $x := .a }}{{ $x.no }}{{ (f .b).no }}{{/* .no */}} .no", "a b"],
    ["{{ printf `%s .no` .a | upper }}", "a"],
    ["{{ eq .a \\\"x .no\\\" }}", "a"],
  ])("%s", (text, wanted) => expect(names(text).join(" ")).toBe(wanted));

  it("are told by where they are", () => {
    const where = usesOf(parseDocument(everywhere)).filter(({ name }) => name === "country").map((use) => use.where);
    expect(where).toEqual([{ in: "field", name: "region" }, { in: "field", name: "region" }, { in: "schedule" }]);
  });
});

describe("a field with another name", () => {
  it.each([["\\n", everywhere], ["\\r\\n", everywhere.replace(/\n/g, "\r\n")]])("is renamed everywhere it is meant and nowhere else (%s)", (_, text) => {
    const places = [
      "Loyalty of {{ .label.region", "name:   region", "\"{{ .region }}\"\r?\n", "region = {{ .region", "buyers {{ .label.region", "campaign: \"{{ .region",
      "campaigns: [\"{{ .region", "values: {region", "Region {{ .label.region", "region = {{ \\$.region", "region = {{\\$.region", "of {{ .region",
    ];
    const want = places.reduce((now, place) => {
      const pattern = new RegExp(place.replace(/[{[(]/g, "\\$&").replace(/ \.|\{\.label/g, (one) => one.replace(".", "\\.")));
      expect(now).toMatch(pattern);
      return now.replace(pattern, (found) => `${found.slice(0, found.lastIndexOf("region"))}zone${found.slice(found.lastIndexOf("region") + 6)}`);
    }, text);
    const after = apply(text, renameField(text, 1, "zone")!);
    expect(after).toBe(want);
    expect(apply(after, renameField(after, 1, "region")!)).toBe(text);
  });

  it("leaves the uses alone when two have it", () => {
    const text = "---\nform: [{name: a}, {name: a}]\n---\n{{ .a }}\n";
    expect(apply(text, renameField(text, 1, "b")!)).toBe(text.replace("{name: a}]", "{name: b}]"));
  });
});
