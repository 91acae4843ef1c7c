import { describe, expect, it } from "vitest";

import type { RunChart } from "../../api/runs";
import { axisOf, chartOption, light, type Look, mostSlices, slices } from "./chartOption";

const look: Look = {
  text: "#000", dimmed: "#555", line: "#ddd", background: "#fff", colours: light, animation: false, narrow: false,
  short: (value) => `~${value}`, full: (value) => `=${value}`,
};
const words = { none: "(none)", others: "Others" };
const chart = (some: Partial<RunChart>): RunChart => ({ name: "c", title: "C", kind: "bar", x: "day", points: ["a", "b"], series: [{ name: "n", values: [1, 2] }], ...some });

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const option = (some: Partial<RunChart>): any => chartOption(chart(some), look, words);

describe("the axis", () => {
  it("is one of time for days and moments", () => {
    expect(axisOf(chart({ points: ["2024-01-01", null, "2024-02-01"] }))).toBe("time");
    expect(axisOf(chart({ points: ["2024-01-01T00:00:00+03:00", "2024-01-01T01:00:00+03:00"] }))).toBe("time");
    expect(axisOf(chart({ points: ["2024-01-01", "other"] }))).toBe("category");
  });

  it("is one of numbers for scattered numbers alone", () => {
    expect(axisOf(chart({ kind: "scatter", points: [1, 2.5] }))).toBe("value");
    expect(axisOf(chart({ kind: "bar", points: [1, 2.5] }))).toBe("category");
    expect(axisOf(chart({ kind: "scatter", points: ["18446744073709551615", "1"] }))).toBe("category");
  });
});

describe("the option", () => {
  it("has no ticks between points of time", () => {
    const day = 24 * 3600 * 1000;
    expect(option({ points: ["2025-01-01", "2025-03-01", "2025-02-01"] }).xAxis.minInterval).toBe(28 * day);
    expect(option({ points: ["2025-01-01", "2025-01-01", null] }).xAxis.minInterval).toBeUndefined();
    expect(option({ points: ["a", "b"] }).xAxis.minInterval).toBeUndefined();
  });

  it("draws moments by the report's clock, not the browser's", () => {
    const { series } = option({ kind: "line", points: ["2024-01-01T03:00:00+03:00", "2024-01-02"] });
    expect(series[0].data).toEqual([["2024-01-01T03:00:00", 1], ["2024-01-02T00:00:00", 2]]);
  });

  it("begins at nothing, but for lines that keep far above it", () => {
    const scale = (kind: string, values: (number | null)[]) => option({ kind, series: [{ name: "n", values }] }).yAxis.scale;
    expect([scale("line", [900, null, 1000]), scale("line", [-900, -1000])]).toEqual([true, true]);
    expect([scale("line", [1, 1000]), scale("line", [-5, 5]), scale("bar", [900, 1000]), scale("line", [null])]).toEqual([false, false, false, false]);
  });

  it("stacks and fills as the chart says", () => {
    const { series } = option({ kind: "area", stacked: true });
    expect(series[0]).toMatchObject({ type: "line", stack: "all" });
    expect(series[0].areaStyle).toBeDefined();
    expect(option({ kind: "bar" }).series[0].stack).toBeUndefined();
  });

  it("leaves gaps where there is no value", () => {
    expect(option({ series: [{ name: "n", values: [null, 2] }] }).series[0].data).toEqual([null, 2]);
  });

  it("names the points that have no name", () => {
    expect(option({ points: [null, true] }).xAxis.data).toEqual(["(none)", "true"]);
  });

  it("has a legend for several series alone, and a slider for very many points", () => {
    expect(option({}).legend).toBeUndefined();
    expect(option({ series: [{ name: "a", values: [] }, { name: "b", values: [] }] }).legend).toBeDefined();
    expect(option({}).dataZoom).toBeUndefined();
    expect(option({ points: Array.from({ length: 300 }, (_, at) => `p${at}`) }).dataZoom).toHaveLength(2);
  });

  it("writes numbers as the language does", () => {
    const { yAxis, tooltip } = option({});
    expect(yAxis.axisLabel.formatter(1_000_000)).toBe("~1000000");
    expect(tooltip.valueFormatter(5)).toBe("=5");
    expect(tooltip.valueFormatter(null)).toBe("–");
  });

  it("never takes names from data for markup", () => {
    expect(option({}).tooltip.renderMode).toBe("richText");
  });
});

describe("a pie", () => {
  it("begins with the largest slice and puts the small ones together", () => {
    const points = Array.from({ length: 30 }, (_, at) => `p${at}`);
    const values = points.map((_, at) => at);
    const all = slices(chart({ kind: "pie", points, series: [{ name: "n", values }] }), "(none)", "Others");
    expect(all).toHaveLength(mostSlices);
    expect(all[0]).toEqual({ name: "p29", value: 29 });
    expect(all.at(-1)!.name).toBe("Others");
    expect(all.reduce((sum, { value }) => sum + value, 0)).toBe(435);
  });

  it("has its names in the legend where there is no room beside the slices", () => {
    const some = { kind: "pie", points: ["a", "b"], series: [{ name: "n", values: [1, 3] }] };
    const wide = option(some);
    expect(wide.legend).toBeUndefined();
    expect(wide.series[0].label.formatter({ name: "b" })).toBe("b: =75%");
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const narrow: any = chartOption(chart(some), { ...look, narrow: true }, words);
    expect(narrow.series[0].label.show).toBe(false);
    expect(narrow.legend.formatter("a")).toBe("a: =25%");
  });

  it("leaves out what has no share", () => {
    expect(slices(chart({ points: ["a", "b", null], series: [{ name: "n", values: [0, null, 3] }] }), "(none)", "Others")).toEqual([{ name: "(none)", value: 3 }]);
  });
});
