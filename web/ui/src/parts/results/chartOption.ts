import type { EChartsCoreOption } from "echarts/core";

import type { RunChart } from "../../api/runs";

/** What a chart needs to know of where it is drawn. */
export interface Look {
  text: string;
  dimmed: string;
  line: string;
  background: string;
  colours: string[];
  /** Short, as in 1.2M. */
  short: (value: number) => string;
  full: (value: number) => string;
  animation: boolean;
  /** As on a phone: names beside the slices do not fit. */
  narrow: boolean;
}

/** Told apart by people who see colours differently, with enough contrast on white and on black. */
export const light = ["#3b5bdb", "#c2410c", "#0f766e", "#a21caf", "#4d7c0f", "#b91c1c", "#0369a1", "#854d0e"];
export const dark = ["#91a7ff", "#fdba74", "#5eead4", "#f0abfc", "#bef264", "#fca5a5", "#7dd3fc", "#fde047"];

const day = /^\d{4}-\d\d-\d\d$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

export type Axis = "time" | "value" | "category";

/** Days and moments stand on an axis of time, numbers of a scatter chart on one of numbers, all else side by side. */
export function axisOf(chart: RunChart): Axis {
  const points = chart.points.filter((point) => point !== null);
  if (points.length === 0) return "category";
  if (chart.kind === "scatter" && points.every((point) => typeof point === "number")) return "value";
  const times = points.every((point) => typeof point === "string" && (day.test(point) || moment.test(point)));
  return times && chart.kind !== "pie" && !(chart.kind === "bar" && points.length < 2) ? "time" : "category";
}

/** The shortest time between two points next to each other: an axis of months has no days. */
function leastGap(points: unknown[]): number | undefined {
  const times = points.map((point) => Date.parse(timeOf(point) ?? "")).filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, at) => time - times[at]!).filter((gap) => gap > 0);
  return gaps.length === 0 ? undefined : gaps.reduce((a, b) => Math.min(a, b));
}

/** The name of a point on an axis of names. */
export function pointName(point: unknown, none: string): string {
  if (point === null || point === undefined) return none;
  return typeof point === "object" ? JSON.stringify(point) : String(point);
}

/** Moments are drawn by the clock of the report, whatever that of the browser is. */
function timeOf(point: unknown): string | null {
  return typeof point === "string" ? point.replace(/(?:Z|[+-]\d\d:\d\d)$/, "") + (day.test(point) ? "T00:00:00" : "") : null;
}

/** Only so many slices can be told apart; the rest is one. */
export const mostSlices = 12;

export function slices(chart: RunChart, none: string, others: string): { name: string; value: number }[] {
  const values = chart.series[0]?.values ?? [];
  const all = chart.points.map((point, at) => ({ name: pointName(point, none), value: values[at] ?? 0 })).filter(({ value }) => value > 0);
  all.sort((a, b) => b.value - a.value);
  if (all.length <= mostSlices) return all;
  const rest = all.slice(mostSlices - 1).reduce((sum, { value }) => sum + value, 0);
  return [...all.slice(0, mostSlices - 1), { name: others, value: rest }];
}

/** What ECharts draws. `words` are for points without a value and for the slices that were put together. */
export function chartOption(chart: RunChart, look: Look, words: { none: string; others: string }): EChartsCoreOption {
  const common = {
    animation: look.animation,
    backgroundColor: "transparent",
    color: look.colours,
    textStyle: { color: look.text, fontFamily: "inherit" },
    aria: { enabled: false }, // the page describes it
    tooltip: {
      trigger: chart.kind === "pie" || chart.kind === "scatter" ? "item" : "axis",
      confine: true,
      renderMode: "richText", // names come from data
      backgroundColor: look.background,
      borderColor: look.line,
      textStyle: { color: look.text },
      valueFormatter: (value: unknown) => (typeof value === "number" ? look.full(value) : "–"),
    },
  };
  if (chart.kind === "pie") return { ...common, ...pie(chart, look, words) };
  const axis = axisOf(chart);
  const many = chart.series.length > 1;
  return {
    ...common,
    legend: many ? legend(look, "scroll") : undefined,
    grid: { left: 8, right: 24, top: many ? 40 : 16, bottom: chart.points.length > 200 ? 44 : 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    dataZoom: chart.points.length > 200 ? [{ type: "inside" }, { type: "slider", height: 20, bottom: 8, textStyle: { color: look.dimmed } }] : undefined,
    xAxis: {
      type: axis,
      data: axis === "category" ? chart.points.map((point) => pointName(point, words.none)) : undefined,
      scale: true,
      minInterval: axis === "time" ? leastGap(chart.points) : undefined,
      boundaryGap: chart.kind === "bar" ? (axis === "category" ? true : ["3%", "3%"]) : axis === "category" ? chart.kind === "scatter" : 0,
      axisLabel: { color: look.dimmed, hideOverlap: true, ...(axis === "value" ? { formatter: look.short } : { width: 110, overflow: "truncate" }) },
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { lineStyle: { color: look.line } },
    },
    yAxis: {
      type: "value",
      scale: chart.kind === "scatter" || (chart.kind === "line" && !chart.stacked && isFlat(chart)),
      axisLabel: { color: look.dimmed, formatter: look.short },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: chart.series.map((series) => drawnSeries(chart, series, axis)),
  };
}

/** Lines that all keep far above nothing are drawn without the room below them; others begin at 0, so that one sees how much it is. */
function isFlat(chart: RunChart): boolean {
  const values = chart.series.flatMap((series) => series.values.filter((value) => value !== null));
  const [least, most] = values.reduce(([l, m], value) => [Math.min(l, value), Math.max(m, value)], [Infinity, -Infinity]);
  return least <= most && (least > most / 2 || most < least / 2);
}

function legend(look: Look, type: string) {
  return { type, top: 4, textStyle: { color: look.text }, pageTextStyle: { color: look.dimmed }, pageIconColor: look.dimmed, pageIconInactiveColor: look.line };
}

/** Names stand beside the slices, or where it is narrow in the legend, with their shares. */
function pie(chart: RunChart, look: Look, words: { none: string; others: string }) {
  const data = slices(chart, words.none, words.others);
  const whole = data.reduce((sum, { value }) => sum + value, 0);
  const shares = new Map(data.map(({ name, value }) => [name, `${look.full(Math.round((1000 * value) / whole) / 10)}%`]));
  const series = {
    type: "pie",
    name: chart.series[0]?.name,
    radius: look.narrow ? ["30%", "52%"] : ["40%", "72%"],
    center: ["50%", look.narrow ? "30%" : "52%"],
    data,
    label: look.narrow ? { show: false } : { color: look.text, formatter: ({ name }: { name: string }) => `${name}: ${shares.get(name)}`, overflow: "truncate", width: 160 },
    labelLine: { show: !look.narrow, lineStyle: { color: look.dimmed } },
    itemStyle: { borderColor: look.background, borderWidth: 1 },
  };
  const names = { ...legend(look, "scroll"), orient: "vertical", top: "60%", bottom: 4, left: 4, formatter: (name: string) => `${name}: ${shares.get(name)}` };
  return { legend: look.narrow ? names : undefined, series: [series] };
}

function drawnSeries(chart: RunChart, { name, values }: RunChart["series"][number], axis: Axis) {
  const kind = chart.kind === "area" ? "line" : chart.kind;
  const long = chart.points.length > 60;
  return {
    name,
    type: kind,
    stack: chart.stacked ? "all" : undefined,
    areaStyle: chart.kind === "area" ? { opacity: chart.stacked ? 0.6 : 0.25 } : undefined,
    showSymbol: kind === "line" ? !long : undefined,
    clip: kind === "line" ? chart.points.length > 200 : undefined, // the mark of the last point stands on the edge
    symbolSize: kind === "scatter" ? 7 : 5,
    barMaxWidth: kind === "bar" ? 48 : undefined,
    sampling: kind === "line" && !chart.stacked && chart.points.length > 5000 ? "lttb" : undefined,
    large: kind === "scatter" && chart.points.length > 2000 ? true : undefined,
    data: axis === "category" ? values : values.map((value, at) => [axis === "time" ? timeOf(chart.points[at]) : chart.points[at], value]),
  };
}
