/**
 * The layers of Signalbox and what each may import: the one table from which the lint rules are
 * generated (`scripts/generate-lint.ts`) and which docs/architecture.md prints.
 * A file may import from its own layer, from the layers in `may`, and from packages.
 */
export const layers = [
  { name: "core", path: "core/", may: [], purpose: "words and decisions, pure: no clock, dice, disk, socket, environment" },
  { name: "db", path: "db/", may: ["core"], purpose: "shape of the data: schema, migrations, client, embedded Postgres, test databases" },
  { name: "system", path: "server/system/", may: ["core"], purpose: "the outside behind small interfaces: clock, chance, environment, log" },
  { name: "store", path: "server/store/", may: ["core", "db"], purpose: "all SQL, one named statement a file, grouped by noun" },
  { name: "operations", path: "server/operations/", may: ["core", "db", "store", "system"], purpose: "every mutation, a verb a file: guard, decide, write, event, audit in one transaction" },
  { name: "dispatcher", path: "server/dispatcher/", may: ["core", "db", "store", "system", "operations"], purpose: "a loop and its services, each tick(now)" },
  { name: "api", path: "server/api/", may: ["core", "db", "store", "system", "operations"], purpose: "tRPC for the console" },
  { name: "http", path: "server/http/", may: ["core", "db", "store", "system", "operations"], purpose: "HTTP API, worker protocol, metrics, OpenAPI" },
  { name: "sdk", path: "sdk/", may: ["core", "db", "store", "system", "operations"], purpose: "for producers and workers" },
  { name: "demo", path: "demo/", may: ["core", "system", "sdk"], purpose: "downstream services, workers and producer that do real work" },
  { name: "cli", path: "cli/", may: ["core", "db", "store", "system", "operations", "dispatcher", "api", "http", "sdk", "demo"], purpose: "composition roots" },
  { name: "components", path: "components/", may: ["core"], purpose: "how things look: no fetching" },
  { name: "app", path: "app/", may: ["core", "components"], purpose: "Next.js pages" },
  { name: "bench", path: "bench/", may: ["core", "db", "store", "system", "operations", "dispatcher", "sdk"], purpose: "benchmarks against peers" },
  { name: "e2e", path: "e2e/", may: ["core", "db", "sdk", "cli"], purpose: "the product in a real browser and real processes" },
];

/** The only files of `app/` that may take values from the server; every other import of it is `import type`. */
export const serverDoors = ["app/api/**/route.ts", "app/_trpc/server.tsx"];
/** What those doors may import beside what `app/` may. */
export const doorMay = ["api", "http", "system"];
