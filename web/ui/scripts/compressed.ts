import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import type { Plugin } from "vite";

const text = /\.(js|css|html|svg|json|txt|map)$/;

/**
 * Leaves each text file of the build only in its compressed forms, `.gz` and `.br`: the service sends these as they are, and the
 * binary stays small.
 */
export function compressed(): Plugin {
  let folder = "";
  return {
    name: "vitrina-compressed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    buildStart() {
      for (const name of readdirSync(folder)) {
        if (name !== "README.md") rmSync(join(folder, name), { recursive: true });
      }
    },
    closeBundle() {
      for (const path of filesBelow(folder)) {
        if (!text.test(path)) continue;
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
        rmSync(path);
      }
    },
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
