import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Blue with enough contrast for white letters from step 7 on. */
const ink: MantineColorsTuple = [
  "#edf2ff", "#dbe4ff", "#bac8ff", "#91a7ff", "#748ffc", "#5c7cfa", "#4c6ef5", "#3b5bdb", "#364fc7", "#2b3f9e",
];

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 7 },
  colors: { ink },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: "650" },
  components: {
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true } },
    Anchor: { defaultProps: { underline: "hover" } },
    Alert: { defaultProps: { variant: "light" } },
    Table: { defaultProps: { verticalSpacing: "xs", horizontalSpacing: "sm" } },
  },
});

/** Mantine's grey for secondary text and its red for mistakes are too pale for WCAG AA on white; these are not. */
export const variables: CSSVariablesResolver = () => ({
  variables: { "--vitrina-navbar-width": "248px" },
  light: {
    "--mantine-color-dimmed": "#545b62",
    "--mantine-color-placeholder": "#6b727a",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-anchor": "#364fc7",
    "--vitrina-surface": "#f8f9fb",
    // Letters on the pale shade of their own colour.
    "--mantine-color-green-light-color": "#1b5e2b",
    "--mantine-color-teal-light-color": "#065f46",
    "--mantine-color-red-light-color": "#9b1c1c",
    "--mantine-color-orange-light-color": "#8a3b00",
    "--mantine-color-yellow-light-color": "#6b4700",
    "--mantine-color-blue-light-color": "#155a99",
    "--mantine-color-gray-light-color": "#495057",
  },
  dark: {
    "--mantine-color-dimmed": "#b1b5bb",
    "--mantine-color-placeholder": "#8f959d",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-anchor": "#91a7ff",
    "--vitrina-surface": "#1b1c1e",
  },
});
