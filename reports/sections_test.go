package reports_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/reports"
)

const sections = `---
title: Every section
timezone: Asia/Tokyo
form:
  - {name: sub_id, type: input, required: true}
  - {name: control, type: input, kind: decimal, default: 00.10}
  - {name: period, type: input, kind: daterange, default: {from: 2025-01-31, to: today}}
  - {name: level, type: select, kind: integer, options: [1, {value: 02, label: two}]}
  - {name: on, type: input, kind: boolean, default: true}
audience:
  cell: buyers
  id: user_id
  campaign: "{{ .sub_id }}"
  control: 7.5%
  exclude: {contacted_within: 7d, campaigns: [old, "{{ .sub_id }}"]}
  max_size: 200000
monitor: {cell: buyers, time: hour, value: n, series: name, detector: change, period: 1w, change: -20, direction: down,
  min_value: 50, for: 2, renotify: 90m}
schedule:
  - cron: "0 9 * * 1-5"
    timezone: Europe/Moscow
    values: {sub_id: 00123, period: [2025-01-01, ~, x], control: {a: 1.50}, on: false}
    overlap: queue
    catch_up: all
    notify: [{channel: slack, to: "#one"}]
  - cron: "@daily"
notify:
  - {channel: slack, to: "#alerts"}
---
` + "```cohort buyers\nprovider: amplitude\nid: \"{{ .sub_id }}\"\nproperties: [platform, \"city of birth\"]\n```\n" +
	"```chart by_day\ntype: bar\ncell: buyers\nx: day\ny: count()\ntitle: Buyers of {{ .sub_id }}\n```\n"

func TestParseReadsEverySection(t *testing.T) {
	t.Parallel()
	report := clean(t, sections).Report
	minimum, change := 50.0, -20.0
	want := reports.Report{
		Title: "Every section", Source: reports.DefaultSource, Timezone: "Asia/Tokyo",
		Audience: &reports.Audience{
			Cell: "buyers", ID: "user_id", Campaign: "{{ .sub_id }}", Control: "7.5%", MaxSize: 200_000,
			Exclude: reports.Exclusion{ContactedWithin: 7 * 24 * time.Hour, Campaigns: []string{"old", "{{ .sub_id }}"}},
		},
		Monitor: &reports.Monitor{
			Cell: "buyers", Time: "hour", Value: "n", Series: "name", Detector: "change", Period: 7 * 24 * time.Hour, Change: &change,
			Direction: "down", MinValue: &minimum, For: 2, Renotify: 90 * time.Minute,
		},
		Schedules: []reports.Schedule{
			{
				Cron: "0 9 * * 1-5", Timezone: "Europe/Moscow", Overlap: "queue", CatchUp: "all",
				Values: forms.Raw{
					"sub_id": json.Number("00123"), "period": []any{"2025-01-01", nil, "x"},
					"control": map[string]any{"a": json.Number("1.50")}, "on": false,
				},
				Notify: []reports.Notify{{Channel: "slack", To: "#one"}},
			},
			{Cron: "@daily", Overlap: "skip", CatchUp: "one"},
		},
		Notify: []reports.Notify{{Channel: "slack", To: "#alerts"}},
	}
	got := *report
	got.Form, got.Blocks = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	cohort := &reports.Cohort{Provider: "amplitude", ID: "{{ .sub_id }}", Properties: []string{"platform", "city of birth"}}
	if diff := cmp.Diff(cohort, report.Cell("buyers").Cohort); diff != "" {
		t.Error(diff)
	}
}

func TestFormKeepsWhatIsWritten(t *testing.T) {
	t.Parallel()
	form := clean(t, sections).Report.Form
	for i, want := range map[int]any{
		1: json.Number("00.10"), 2: map[string]any{"from": "2025-01-31", "to": "today"}, 4: true,
	} {
		if diff := cmp.Diff(want, form[i].Default); diff != "" {
			t.Errorf("default of %s: %s", form[i].Name, diff)
		}
	}
	options := []forms.Option{{Value: "1"}, {Value: "02", Label: "two"}}
	if diff := cmp.Diff(options, form[3].Options.Given); diff != "" {
		t.Error(diff)
	}
}

func TestSectionsAreCompiled(t *testing.T) {
	t.Parallel()
	c, problems := reports.Load("r.md", []byte(sections), reports.CheckOptions{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if c.Campaign == nil || c.Control == nil || c.CohortIDs["buyers"] == nil || c.ChartTitles["by_day"] == nil || len(c.Excluded) != 2 || c.Excluded[1] == nil {
		t.Errorf("compiled: %+v", c)
	}
}
