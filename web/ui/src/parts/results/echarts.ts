import { BarChart, LineChart, PieChart, ScatterChart } from "echarts/charts";
import { DataZoomComponent, GridComponent, LegendScrollComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, registerLocale, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

register([BarChart, LineChart, PieChart, ScatterChart, GridComponent, TooltipComponent, LegendComponent, LegendScrollComponent, DataZoomComponent, CanvasRenderer]);

/** Names of months and days as the language has them, for the axis of time. */
function locale(language: string): string {
  const names = (style: Intl.DateTimeFormatOptions, count: number, at: (index: number) => Date) => {
    const format = new Intl.DateTimeFormat(language, { ...style, timeZone: "UTC" });
    return Array.from({ length: count }, (_, index) => format.format(at(index)));
  };
  const month = (index: number) => new Date(Date.UTC(2024, index, 15));
  const weekday = (index: number) => new Date(Date.UTC(2024, 8, 1 + index)); // a Sunday
  registerLocale(language.toUpperCase(), {
    time: {
      month: names({ month: "long" }, 12, month), monthAbbr: names({ month: "short" }, 12, month),
      dayOfWeek: names({ weekday: "long" }, 7, weekday), dayOfWeekAbbr: names({ weekday: "short" }, 7, weekday),
    },
  } as Parameters<typeof registerLocale>[1]);
  return language.toUpperCase();
}

export function draw(element: HTMLElement, language: string) {
  return init(element, undefined, { renderer: "canvas", locale: locale(language) });
}
