import type pg from "pg";
import { parseQuery } from "../../core/query/parse-query.ts";
import { toJobFilter } from "../../core/query/to-job-filter.ts";
import { appRouter } from "../../server/api/root.ts";
import type { QuerySample } from "./measure-queries.ts";

/** What people type into the bar of the Jobs page: the selective, the broad, and what matches nothing. */
const searches = [
  "",
  "state:dead",
  "state:available queue:billing",
  "state:completed queue:mail",
  "state:scheduled,retryable",
  "state:running",
  "queue:search",
  "definition:billing-send",
  "tag:vip",
  "-tag:vip",
  "correlation:corr-1000",
  "concurrency:tenant-41",
  "state:completed concurrency:tenant-41",
  "class:timeout",
  "error:ECONNRESET",
  "state:dead queue:billing payload.user.plan:pro error:ECONNRESET -tag:vip since:7d",
  "payload.user.plan:pro",
  "payload.user.id:4711",
  "worker:7",
  "priority:critical since:2h",
  "lorem",
  '"no such words anywhere"',
];

/** What tRPC keeps of a procedure. */
interface Declared {
  _def: { type: "query" | "mutation" | "subscription" };
}

/** Left out: they write a file of many pages, or need a one-time secret. */
const notPages = new Set(["audit.exportPage", "explore.export", "session.link", "settings.previewRetention"]);

/**
 * Every query of the console, each with inputs as its pages ask. Throws when a query has none: whoever adds a query says
 * here how it is asked.
 */
export async function querySamples(client: pg.Client, nowMs: number): Promise<QuerySample[]> {
  const known = await client.query(
    `select (select id from signalbox.dead order by finished_at_ms desc limit 1) as dead,
      (select id from signalbox.ready order by run_at_ms limit 1) as waiting,
      (select fingerprint from signalbox.failure_groups order by attempts desc limit 1) as fingerprint,
      (select id from signalbox.completed order by id desc limit 1) as completed,
      (select name from signalbox.dependencies order by name limit 1) as dependency`,
  );
  const { dead, waiting, fingerprint, completed, dependency } = known.rows[0] as Record<string, string>;
  const ids = [dead, waiting, completed].map(String);
  const jobs = (procedure: string) => ids.map((id) => [procedure, { id }] as const);
  const filters = searches.map((search) => {
    const parsed = parseQuery(search);
    if (parsed.problems.length > 0) throw new Error(`the search ${search} does not parse`);
    return { search, filter: toJobFilter(parsed.query, nowMs) };
  });
  const asked: (readonly [string, unknown, string?])[] = [
    ...filters.flatMap(({ search, filter }) => [
      ["jobs.list", { filter }, search] as const,
      ["explore.count", { filter }, search] as const,
      ["jobs.watch", { ids, filter, newest: completed }, search] as const,
    ]),
    ["bulk.count", { filter: filters[1]?.filter, action: "retry" }],
    ...["jobs.get", "jobs.payloads", "jobs.inputSchema", "jobs.related"].flatMap(jobs),
    ...["jobs.lastGood", "jobs.checkpoint"].flatMap(jobs),
    ["jobs.events", { id: dead, before: nowMs }],
    ["jobs.attempt", { id: dead, number: 1 }],
    ["jobs.logs", { id: dead, attempt: 1, after: 0 }],
    ["alerts.open", {}],
    ["alerts.past", { kind: "stuck" }],
    ["webhooks.deliveries", { id: "1" }],
    ...["alerts.silences", "alerts.policies", "webhooks.list"].map(bare),
    ["audit.list", { filter: {} }],
    ["audit.list", { filter: { q: "because 19" } }, "reason"],
    ["audit.list", { filter: { objectKind: "queue", objectId: "billing" } }, "object"],
    ["audit.get", { seq: 1 }],
    ["audit.ofObject", { objectKind: "queue", objectId: "billing" }],
    ["audit.marks", { fromMs: nowMs - 86_400_000, toMs: nowMs, queue: null }],
    ["bulk.list", {}],
    ...["audit.names", "audit.chain", "session.me", "redaction.get", "tokens.list", "overview.board"].map(
      bare,
    ),
    ...["queues.names", "explore.views", "workers.list", "workers.outliers", "failures.overview"].map(bare),
    ...["failures.dependencies", "failures.deadGroups", "rules.get", "definitions.names"].map(bare),
    ...["priorities.get", "priorities.loads", "settings.general", "settings.retention"].map(bare),
    ...["settings.storageGuards", "pressure.now"].map(bare),
    ["pressure.ofQueue", { name: "billing" }],
    ["people.list", {}],
    ...(["15m", "1h", "6h", "24h"] as const).flatMap((range) => [
      ["overview.series", { range }, range] as const,
      ["overview.series", { range, queue: "billing" }, `${range} of a queue`] as const,
      ["queues.times", { name: "billing", range }, range] as const,
    ]),
    ["queues.list", {}],
    ["queues.get", { name: "billing" }],
    ["queues.keys", { name: "billing" }],
    ["explore.complete", { of: { field: "queue" }, typed: "b", filter: {} }, "queue"],
    ["explore.complete", { of: { field: "tag" }, typed: "r", filter: {} }, "tag"],
    ["explore.complete", { of: { field: "concurrency" }, typed: "te", filter: {} }, "concurrency key"],
    ["explore.complete", { of: { field: "error" }, typed: "E", filter: {} }, "error"],
    ["explore.complete", { of: { field: "payload-path" }, typed: "u", filter: {} }, "payload path"],
    [
      "explore.complete",
      { of: { field: "payload-value", path: ["user", "plan"] }, typed: "", filter: {} },
      "payload value",
    ],
    ["workers.get", { id: "7" }],
    ["dependencies.list", {}],
    ["dependencies.get", { name: dependency }],
    ...(["1h", "6h", "24h", "7d"] as const).map(
      (range) => ["dependencies.history", { name: dependency, range }, range] as const,
    ),
    ["automation.list", { filter: {} }],
    ["automation.list", { filter: { kind: "no-such-kind" } }, "a kind that never came"],
    ["automation.list", { filter: { objectKind: "dependency", objectId: dependency } }, "object"],
    ["automation.marks", { fromMs: nowMs - 86_400_000, toMs: nowMs }],
    ["automation.marks", { fromMs: nowMs - 86_400_000, toMs: nowMs, queue: "billing" }, "queue"],
    ["workers.attempts", { id: "7" }],
    ...(["5m", "1h", "6h", "24h", "7d"] as const).flatMap((window) => [
      ...(["last-seen", "count", "rising"] as const).map(
        (order) => ["failures.groups", { filter: {}, window, order }, `${window} by ${order}`] as const,
      ),
      ["failures.group", { fingerprint, window }, window] as const,
    ]),
    ["failures.deadJobs", { fingerprint: null }],
    ["failures.deadJobs", { fingerprint }, "of a group"],
    ["rules.versions", {}],
    ["rules.version", { version: 0 }],
    ["rules.builtIn", { q: "reset", class: null, from: 0 }],
    ["rules.draft", { fingerprint }],
    ["policies.list", {}],
    ["policies.get", { name: "default" }],
    ["policies.versions", { name: "default" }],
    ["policies.analyse", { name: "default", windowMs: 86_400_000 }, "a day"],
    ["policies.analyse", { definition: "billing-send", windowMs: 604_800_000 }, "a week of one definition"],
    ["definitions.list", {}],
    ["definitions.get", { name: "billing-send" }],
    ["definitions.versions", { name: "billing-send" }],
  ];
  // A new installation has no such rows to ask for: these answer for an operation that somebody started, and an alert.
  const unasked = new Set([
    "alerts.get",
    "bulk.get",
    "bulk.items",
    ...notPages,
    ...asked.map(([procedure]) => procedure),
  ]);
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Declared>);
  const missing = procedures
    .filter(([path, procedure]) => procedure._def.type === "query" && !unasked.has(path))
    .map(([path]) => path);
  if (missing.length > 0) throw new Error(`no sample of ${missing.join(", ")}`);
  return asked.map(([procedure, input, about = ""]) => ({ procedure, input, about }));
}

function bare(procedure: string): [string, undefined] {
  return [procedure, undefined];
}
