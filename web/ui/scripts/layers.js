import { dirname, relative, resolve, sep } from "node:path";

const src = resolve(import.meta.dirname, "../src");

/** [layer, name] of a file below src, as in ["features", "home"]. */
function placeOf(file) {
  const [layer, name] = relative(src, file).split(sep);
  return [layer, name];
}

function refusal([layer, name], [toLayer, toName]) {
  if (toLayer === "features" && ["parts", "components", "api", "i18n"].includes(layer)) return `${layer} know no feature`;
  if (toLayer === "features" && layer === "features" && toName !== name) return "features never import each other: what two need is a part or a component";
  if (toLayer === "parts" && ["components", "api", "i18n"].includes(layer)) return `${layer} know no part`;
  return undefined;
}

/** The direction of imports: app → features → parts → components → {api, i18n}. */
export const layers = {
  create(context) {
    const check = (node) => {
      const target = node.source?.value;
      if (typeof target !== "string" || !target.startsWith(".")) return;
      const why = refusal(placeOf(context.filename), placeOf(resolve(dirname(context.filename), target)));
      if (why !== undefined) context.report({ node, message: `${why}.` });
    };
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};
