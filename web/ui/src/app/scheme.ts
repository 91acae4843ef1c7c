import { localStorageColorSchemeManager } from "@mantine/core";

/** Light, dark or as the device says; public/before.js reads the same key before the first paint. */
export const schemeManager = localStorageColorSchemeManager({ key: "vitrina.scheme" });
