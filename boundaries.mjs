/**
 * The layers of Signalbox and what each may import: the one table from which the lint rules are
 * generated (`node scripts/generate-lint.ts`) and which docs/architecture.md prints.
 * A file may import from its own layer (by a relative path), from the layers in `may` (by the alias `#layer/…`), and
 * from packages; where `packages` is given, from those packages alone. The longest path that fits a file is its layer.
 */
export const layers = [
  {
    name: "core",
    path: "core/",
    may: [],
    packages: ["zod", "re2js"],
    purpose: "words and decisions, pure: no clock, dice, disk, socket, environment",
  },
  {
    name: "db",
    path: "db/",
    may: ["core"],
    purpose: "shape of the data: schema, migrations, client, embedded Postgres, test databases",
  },
  {
    name: "system",
    path: "server/system/",
    may: ["core"],
    purpose: "the outside behind small interfaces: clock, chance, environment, log",
  },
  {
    name: "store",
    path: "server/store/",
    may: ["core", "db"],
    purpose: "all SQL, one named statement a file, grouped by noun",
  },
  {
    name: "operations",
    path: "server/operations/",
    may: ["core", "db", "store", "system"],
    purpose: "every mutation, a verb a file: guard, decide, write, event, audit in one transaction",
  },
  {
    name: "dispatcher",
    path: "server/dispatcher/",
    may: ["core", "db", "store", "system", "operations"],
    purpose: "a loop and its services, each tick(now)",
  },
  {
    name: "api",
    path: "server/api/",
    may: ["core", "db", "store", "system", "operations"],
    purpose: "tRPC for the console",
  },
  {
    name: "http",
    path: "server/http/",
    may: ["core", "db", "store", "system", "operations"],
    purpose: "HTTP API, worker protocol, metrics, OpenAPI",
  },
  {
    name: "sdk",
    path: "sdk/",
    may: ["core", "db", "store", "system", "operations"],
    purpose: "for producers and workers",
  },
  {
    name: "demo",
    path: "demo/",
    may: ["core", "system", "sdk"],
    purpose: "downstream services, workers and producer that do real work",
  },
  {
    name: "cli",
    path: "cli/",
    may: ["core", "db", "store", "system", "operations", "dispatcher", "api", "http", "sdk", "demo"],
    purpose: "composition roots",
  },
  { name: "components", path: "components/", may: ["core"], purpose: "how things look: no fetching" },
  { name: "app", path: "app/", may: ["core", "components"], purpose: "Next.js pages" },
  {
    name: "bench",
    path: "bench/",
    may: ["core", "db", "store", "system", "operations", "dispatcher", "api", "sdk", "cli", "e2e"],
    purpose: "benchmarks: against peers, and of the console",
  },
  {
    name: "e2e",
    path: "e2e/",
    may: ["core", "db", "sdk", "cli"],
    purpose: "the product in a real browser and real processes",
  },
];

/** Files that belong to no layer: what is configured and checked from outside. Globs from the root. */
export const roots = ["*.config.ts", "*.config.mjs", "boundaries.mjs", "next-env.d.ts", "scripts/**"];

/** Layers of the server whose types, and nothing but types, `app/` may take beside what its row says. */
export const appTypesOf = ["api", "http", "system"];

/** A test composes what it needs, so in these layers it may import, beside what its layer may, `testMay`. */
export const composingTests = [
  "db",
  "system",
  "store",
  "operations",
  "dispatcher",
  "api",
  "http",
  "sdk",
  "demo",
  "cli",
];
export const testMay = ["core", "db", "system", "store", "operations", "dispatcher", "api", "http", "sdk"];

/** `bench/` is a package of its own, in which Node does not resolve the aliases of this one: relative paths there. */
export const ownPackages = ["bench"];

/** Where `Date.now`, `new Date()` and `Math.random` are banned: time and chance come through `server/system`. */
export const timeless = { includes: ["core/**", "server/**", "sdk/**"], except: ["server/system/**"] };

/** Where `process.env` may be read: settings enter a process once, at its edge. Everywhere else it is banned. */
export const environmentReaders = [
  "server/system/**",
  "db/embedded.ts",
  "db/testing/**",
  "demo/demo-settings.ts",
  "cli/signalbox.ts",
  "cli/process/ensure-console-built.ts",
  "cli/process/start-web-process.ts",
  "bench/**",
  "e2e/**",
  "scripts/**",
  "*.config.ts",
  "**/*.process.test.ts",
];

/** Globals of the outside world, which the pure layers may not touch, with what to do instead. */
export const impureGlobals = {
  layers: ["core"],
  names: {
    setTimeout: "core decides when, its caller waits",
    setInterval: "core decides when, its caller waits",
    setImmediate: "core decides when, its caller waits",
    clearTimeout: "core decides when, its caller waits",
    clearInterval: "core decides when, its caller waits",
    clearImmediate: "core decides when, its caller waits",
    queueMicrotask: "core decides when, its caller waits",
    performance: "time is an argument: nowMs",
    process: "settings are arguments",
    console: "return what should be said",
    fetch: "facts are arguments",
    XMLHttpRequest: "facts are arguments",
    WebSocket: "facts are arguments",
    EventSource: "facts are arguments",
    crypto: "chance is an argument: random",
    Buffer: "core also runs in the browser: use Uint8Array and TextEncoder",
    window: "core also runs in Node",
    document: "core also runs in Node",
    localStorage: "core also runs in Node",
  },
};

/** Components show what they are given: they fetch nothing. */
export const fetching = {
  layers: ["components"],
  packages: ["@trpc/**", "@tanstack/react-query", "next/headers", "server-only"],
  names: {
    fetch: "components show what they are given",
    XMLHttpRequest: "components show what they are given",
    WebSocket: "components show what they are given",
    EventSource: "components show what they are given",
    SharedWorker: "components show what they are given",
  },
};

/** No source file is longer, in lines. */
export const longestFileLines = 300;
