import { useComputedColorScheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { RunChart } from "../../api/runs";
import { useFormat } from "../../i18n/format";
import { chartOption, dark, light, type Look } from "./chartOption";
import { draw } from "./echarts";

/** Loaded when a chart is to be drawn: ECharts is heavy. */
export default function Canvas({ chart }: { chart: RunChart }) {
  const { t, i18n } = useTranslation("results");
  const place = useRef<HTMLDivElement>(null);
  const [narrow, setNarrow] = useState(false);
  const look = useLook(narrow);
  const language = i18n.resolvedLanguage ?? "en";
  const option = useMemo(() => chartOption(chart, look, { none: t("chart.none"), others: t("chart.others") }), [chart, look, t]);
  useEffect(() => {
    const element = place.current!;
    const drawing = draw(element, language);
    drawing.setOption(option);
    const watch = new ResizeObserver(() => {
      setNarrow(element.clientWidth < narrowBelow);
      drawing.resize();
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      drawing.dispose();
    };
  }, [option, language]);
  return <div ref={place} style={{ width: "100%", height: "100%" }} />;
}

const narrowBelow = 520;

function useLook(narrow: boolean): Look {
  const scheme = useComputedColorScheme("light");
  const still = useReducedMotion();
  const format = useFormat();
  return useMemo(() => {
    const inDark = scheme === "dark";
    return {
      text: inDark ? "#e3e5e8" : "#1f2328", dimmed: inDark ? "#b1b5bb" : "#545b62", line: inDark ? "#3a3d42" : "#dfe3e8",
      background: inDark ? "#242629" : "#ffffff", colours: inDark ? dark : light,
      short: (value) => format.number(value, { notation: "compact", maximumFractionDigits: 1 }),
      full: (value) => format.number(value, { maximumFractionDigits: 6 }),
      animation: !still,
      narrow,
    };
  }, [scheme, still, format, narrow]);
}
