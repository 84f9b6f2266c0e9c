import {
  appTypesOf,
  composingTests,
  environmentReaders,
  fetching,
  impureGlobals,
  layers,
  ownPackages,
  testMay,
  timeless,
} from "../../boundaries.mjs";

/** One layer of the table in boundaries.mjs. */
type Layer = (typeof layers)[number];

interface ImportPattern {
  group: string[];
  message: string;
}

export interface Override {
  includes: string[];
  plugins?: string[];
  linter?: { rules: { style: Record<string, unknown> } };
}

/** Everything a layer may not import, for Biome's noRestrictedImports; `may` names the layers it may. */
function importPatterns(
  layer: Layer,
  may: readonly string[],
  packages: readonly string[] | undefined,
): ImportPattern[] {
  const others = layers.filter((other) => other.name !== layer.name);
  const forbidden = others.filter((other) => !may.includes(other.name));
  const patterns: ImportPattern[] = [];
  if (forbidden.length > 0) {
    const allowed = may.length > 0 ? may.join(", ") : "no other layer";
    patterns.push({
      group: forbidden.map((other) => `#${other.path}**`),
      message: `${layer.name}/ may import ${allowed} (boundaries.mjs).`,
    });
  }
  const climbing = ownPackages.includes(layer.name) ? forbidden : others;
  patterns.push({
    group: climbing.map((other) => `../**/${tail(layer, other)}**`),
    message: "Another layer is imported by its alias (#layer/file.ts), never by a relative path.",
  });
  if (packages) {
    patterns.push({
      group: ["**", "!./**", "!../**", "!#*/**", ...packages.map((name) => `!${name}`)],
      message: `${layer.name}/ imports no packages but ${packages.join(", ")}, and nothing of Node.`,
    });
  }
  if (fetching.layers.includes(layer.name)) {
    patterns.push({
      group: fetching.packages,
      message: "Components fetch nothing: they show what they are given.",
    });
  }
  return patterns;
}

/** The part of `other`'s path that stands in a relative import from `layer`: what they share is climbed over. */
function tail(layer: Layer, other: Layer): string {
  const from = layer.path.split("/");
  const to = other.path.split("/");
  while (to.length > 2 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  return to.join("/");
}

/** Code for tests is imported by tests alone. */
const notFromTests: ImportPattern = {
  group: ["#*/testing/**", "#*/*/testing/**", "../**/testing/**", "**/*.test.ts", "**/*.test.tsx"],
  message: "Testing code is for tests.",
};

function restrictImports(includes: string[], patterns: ImportPattern[]): Override {
  return {
    includes,
    linter: { rules: { style: { noRestrictedImports: { level: "error", options: { patterns } } } } },
  };
}

function restrictGlobals(bans: { layers: string[]; names: Record<string, string> }): Override {
  const includes = layers
    .filter((layer) => bans.layers.includes(layer.name))
    .map((layer) => `${layer.path}**`);
  return {
    includes,
    linter: {
      rules: { style: { noRestrictedGlobals: { level: "error", options: { deniedGlobals: bans.names } } } },
    },
  };
}

/** The `overrides` of biome.json, from the table of layers. A later one replaces the import rule of an earlier. */
export function buildOverrides(): Override[] {
  const overrides: Override[] = [];
  for (const layer of layers) {
    const patterns = importPatterns(layer, layer.may, layer.packages);
    // The end-to-end tests are tests throughout, and who may import them drives the product as they do.
    const isTest = [layer.name, ...layer.may].some((name: string) => name === "e2e");
    const notTests = isTest ? [] : [notFromTests];
    overrides.push(restrictImports([`${layer.path}**`], [...patterns, ...notTests]));
    const may = composingTests.includes(layer.name) ? [...new Set([...layer.may, ...testMay])] : layer.may;
    const packages = layer.packages && [...layer.packages, "vitest", "fast-check"];
    overrides.push(
      restrictImports(
        [`${layer.path}**/*.test.ts`, `${layer.path}**/*.test.tsx`, `${layer.path}**/testing/**`],
        importPatterns(layer, may, packages),
      ),
    );
    if (layer.name !== "app") continue;
    // That these imports are of types alone, the plugin below sees to.
    const withServer = importPatterns(layer, [...layer.may, ...appTypesOf], undefined);
    overrides.push(restrictImports([`${layer.path}**`], [...withServer, notFromTests]));
    overrides.push({
      includes: [`${layer.path}**`],
      plugins: ["./scripts/lint/server-by-type.grit"],
    });
  }
  overrides.push(restrictGlobals(impureGlobals), restrictGlobals(fetching));
  overrides.push({
    includes: [...timeless.includes, ...timeless.except.map((path) => `!${path}`)],
    plugins: ["./scripts/lint/clock-and-dice.grit"],
  });
  overrides.push({
    includes: ["**", ...environmentReaders.map((path) => `!${path}`)],
    plugins: ["./scripts/lint/environment.grit"],
  });
  return overrides;
}
