import fc from "fast-check";
import { priorityClasses } from "#core/priority/priority-class.ts";

/** Longer than any test: a bucket of so slow a rate gets no token while one looks. */
const dayMs = 86_400_000;

/** A token bucket as it is stored, or none. */
interface Tokens {
  tokens: number;
}

/** How a dependency is held. */
export interface DependencyState {
  state: "closed" | "open" | "half-open" | "recovering";
  forced: "open" | "closed" | null;
  ratePerSecond: number | null;
  bucket: Tokens | null;
}

/** A worker as its row tells of it. */
export interface WorkerState {
  pool: "default" | "other";
  life: "active" | "draining" | "silent" | "ended" | "ejected";
  /** Whether it serves the definition of the job; another one it serves always. */
  serves: boolean;
  callsTargets: boolean;
}

/** All that can keep one job from starting. */
export interface WaitingState {
  definition: "plain" | "calls-mail" | "calls-both" | "deferrable" | "hook" | "capped";
  priority: (typeof priorityClasses)[number];
  placement: "in-line" | "later" | "due" | "backing-off" | "put-off" | "same-key";
  queuePaused: boolean;
  definitionPaused: boolean;
  cap: { maxRunning: number; running: number } | null;
  /** Jobs of its definition that run under the definition's own cap. */
  ownRunning: number;
  rate: Tokens | null;
  mail: DependencyState | null;
  bank: DependencyState | null;
  workers: WorkerState[];
  deferral: { forMs: number } | null;
}

/** Mostly nothing of it: else nearly no job could start. */
function rarely<T, U>(value: fc.Arbitrary<T>, usual: U, weight = 4): fc.Arbitrary<T | U> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: value },
  );
}

const bucket = fc.record({ tokens: fc.constantFrom(0, 1, 3) });
const dependency: fc.Arbitrary<DependencyState> = fc.record({
  state: fc.constantFrom("closed", "open", "half-open", "recovering"),
  forced: rarely(fc.constantFrom("open", "closed"), null, 2),
  ratePerSecond: fc.constantFrom(null, 5),
  bucket: rarely(bucket, null, 1),
});
const worker: fc.Arbitrary<WorkerState> = fc.record({
  pool: rarely(fc.constant("other" as const), "default" as const),
  life: rarely(fc.constantFrom("draining", "silent", "ended", "ejected"), "active" as const, 2),
  serves: rarely(fc.constant(false), true, 5),
  callsTargets: rarely(fc.constant(true), false, 3),
});

/** Any state, the simplest of which lets the job start. */
export const waitingStates: fc.Arbitrary<WaitingState> = fc.record({
  definition: fc.constantFrom("plain", "calls-mail", "calls-both", "deferrable", "hook", "capped"),
  priority: fc.constantFrom(...priorityClasses),
  placement: rarely(
    fc.constantFrom("later", "due", "backing-off", "put-off", "same-key"),
    "in-line" as const,
  ),
  queuePaused: rarely(fc.constant(true), false, 9),
  definitionPaused: rarely(fc.constant(true), false, 9),
  cap: rarely(fc.record({ maxRunning: fc.nat(2), running: fc.nat(2) }), null),
  ownRunning: fc.nat(2),
  rate: rarely(bucket, null),
  mail: rarely(dependency, null, 1),
  bank: rarely(dependency, null, 1),
  workers: fc.array(worker, { minLength: 1, maxLength: 3 }),
  deferral: rarely(fc.record({ forMs: fc.constantFrom(-1_000, dayMs) }), null, 2),
});

const sql = (value: string | number | boolean | null) =>
  typeof value === "string" ? `'${value}'` : String(value);

/** The statements that bring the tables into a state, with the job that `jobId` names; all of them can be repeated. */
export function statementsOf(state: WaitingState, jobId: string, nowMs: number): string[] {
  const { cap, rate, mail, bank, workers, deferral, definition } = state;
  return [
    ...[
      "breakers",
      "dependency_buckets",
      "queue_buckets",
      "leases",
      "workers",
      "worker_ejections",
      "scheduled",
      "held",
    ].map((table) => `delete from signalbox.${table}`),
    `delete from signalbox.ready where id <> ${jobId}`,
    `update signalbox.queues set paused = ${state.queuePaused}, max_running = ${cap?.maxRunning ?? null},
      rate_limit_count = ${rate && 5}, rate_limit_per_ms = ${rate && dayMs} where name = 'q'`,
    `update signalbox.definitions set paused = ${state.definitionPaused} where name = '${definition}'`,
    `update signalbox.definitions set paused = false where name <> '${definition}'`,
    rate &&
      `insert into signalbox.queue_buckets select id, 5, ${dayMs}, ${rate.tokens}::bigint * ${dayMs}, ${nowMs} from signalbox.queues where name = 'q'`,
    cap &&
      `insert into signalbox.leases (id, worker_id, claimed_at_ms, until_ms, queue_id, ids, attempts)
      select n, 1, ${nowMs}, ${nowMs + dayMs}, q.id, array[n], array[1] from signalbox.queues q, generate_series(1, ${cap.running}) n where q.name = 'q'`,
    `insert into signalbox.leases (id, worker_id, claimed_at_ms, until_ms, definition_id, ids, attempts)
      select 100 + n, 1, ${nowMs}, ${nowMs + dayMs}, d.id, array[100 + n], array[1]
      from signalbox.definitions d, generate_series(1, ${state.ownRunning}) n where d.name = 'capped'`,
    ...dependencyStatements("mail", mail),
    ...dependencyStatements("bank", bank),
    ...workers.map(
      ({ pool, life, serves, callsTargets }, index) => `insert into signalbox.workers
        (id, pool, definitions, concurrency, transport, host, heartbeat_ms, state, heartbeat_at, ended_at)
      values (${index + 1}, '${pool}', array['other-work'${serves ? `, '${definition}'` : ""}], 10, '${callsTargets ? "target" : "postgres"}', 'here', 60000,
        '${life === "draining" ? "draining" : "active"}', clock_timestamp() - interval '${life === "silent" ? "1 hour" : "0"}',
        ${life === "ended" ? "clock_timestamp()" : "null"})`,
    ),
    ...workers.map(({ life }, index) =>
      life === "ejected"
        ? `insert into signalbox.worker_ejections values (${index + 1}, 'ejected', ${nowMs}, null, 1, '${definition}')`
        : "",
    ),
    `insert into signalbox.pressure values ('levels', ${nowMs}, jsonb_build_object('atMs', ${nowMs}::bigint,
        'storage', jsonb_build_object('level', 'ok', 'findings', '[]'::jsonb, 'facts', null), 'queues', '{}'::jsonb, 'crews', ${
          deferral === null ? "'[]'::jsonb" : crewOf(deferral.forMs, nowMs)
        }))
      on conflict (part) do update set at_ms = excluded.at_ms, body = excluded.body`,
    placement(state, jobId, nowMs),
  ].filter((statement) => statement !== null && statement !== "") as string[];
}

function dependencyStatements(name: string, held: DependencyState | null): string[] {
  if (held === null) return [];
  const { state, forced, ratePerSecond, bucket: tokens } = held;
  return [
    `insert into signalbox.breakers (dependency_id, state, forced, forced_by, since_ms, rate_per_second)
      select id, '${state}', ${sql(forced)}, ${sql(forced && "ada")}, 0, ${ratePerSecond} from signalbox.dependencies where name = '${name}'`,
    tokens === null
      ? ""
      : `insert into signalbox.dependency_buckets select id, 10, ${dayMs}, ${tokens.tokens}::bigint * ${dayMs}, signalbox.now_ms()
      from signalbox.dependencies where name = '${name}'`,
  ];
}

/** One crew with every lane, whose bulk is kept back for so long. */
function crewOf(forMs: number, nowMs: number): string {
  return `jsonb_build_array(jsonb_build_object('key', 'all', 'pool', 'default', 'definitions', '[]'::jsonb, 'slots', 10,
    'classes', '[]'::jsonb, 'lanes', (select jsonb_agg(id) from signalbox.lanes), 'deferral', jsonb_build_object('spentAtMs', null,
      'deferral', jsonb_build_object('sinceMs', 0, 'untilMs', ${nowMs + forMs}::bigint, 'forRank', 1))))`;
}

/** Take the job, which is in line, to where it is to be. */
function placement({ placement: where }: WaitingState, jobId: string, nowMs: number): string {
  if (where === "in-line") return "";
  const taken = `with moved as (delete from signalbox.ready where id = ${jobId} returning *)`;
  if (where === "same-key")
    return `${taken} insert into signalbox.held (id, reason, reference, held_at_ms, run_at_ms, lane, attempt, class, failures, losses)
      select id, 'concurrency-key', 'k', ${nowMs}, run_at_ms, lane, attempt, class, failures, losses from moved`;
  const dueMs = where === "due" ? nowMs - 1_000 : nowMs + dayMs;
  const isRetry = where === "backing-off" || where === "put-off";
  return `${taken} insert into signalbox.scheduled (id, run_at_ms, lane, attempt, class, failures, losses, retry, deferrals)
    select id, ${dueMs}, lane, attempt, class, failures, losses, ${isRetry}, ${where === "put-off" ? 2 : 0} from moved`;
}
