import type { BreakerGate } from "../../core/breaker/breaker-gate.ts";
import { newBreaker } from "../../core/breaker/breaker-state.ts";
import { gateBucket } from "../../core/breaker/gate-bucket.ts";
import type { FailureClass } from "../../core/failure/failure-class.ts";
import { priorityAt } from "../../core/priority/priority-class.ts";
import { inTransaction } from "../../db/transaction.ts";
import { type ClaimedAttempt, Claimer } from "../../server/operations/attempts/claim-attempts.ts";
import { completeAttempts } from "../../server/operations/attempts/complete-attempts.ts";
import { endAttempts } from "../../server/operations/attempts/end-attempts.ts";
import { releaseAttempts } from "../../server/operations/attempts/release-attempts.ts";
import { putDefinition } from "../../server/operations/definitions/put-definition.ts";
import { type Engine, openEngine } from "../../server/operations/engine.ts";
import { OutcomeFeed } from "../../server/operations/flow/outcome-feed.ts";
import { OutcomeMeter } from "../../server/operations/flow/outcome-meter.ts";
import { enqueueJobs } from "../../server/operations/jobs/enqueue-jobs.ts";
import { promoteDueJobs } from "../../server/operations/jobs/promote-due-jobs.ts";
import { registerWorker } from "../../server/operations/workers/register-worker.ts";
import { insertOutcomes } from "../../server/store/dependencies/insert-outcomes.ts";
import { lockDependencyGates } from "../../server/store/dependencies/lock-dependency-gates.ts";
import { saveBreaker } from "../../server/store/dependencies/save-breaker.ts";
import { saveDependencyBucket } from "../../server/store/dependencies/save-dependency-bucket.ts";
import { DatabaseClock } from "../../server/system/clock.ts";
import { silentLog } from "../../server/system/log.ts";
import {
  type ClaimOrder,
  type FailedJob,
  type HeldJob,
  type Place,
  type PromotedJobs,
  places,
  type QueueLayout,
  type QueueStore,
  type Report,
  type SubmittedJob,
} from "./queue-store.ts";

/** Everything that a run leaves behind. */
const traces =
  `ready, scheduled, leases, completed, dead, attempts, jobs, breakers, dependency_buckets, retry_budgets,
  dependency_outcomes, automation_events`
    .split(",")
    .map((table) => `signalbox.${table.trim()}`)
    .join(", ");

/** Time and chance of the database under the test's control: jitter is always half of what it can be. */
const virtualTime = (nowMs: number) => `create schema simulation;
  create table simulation.clock as select ${nowMs}::bigint as at_ms;
  create or replace function signalbox.now_ms() returns bigint language sql volatile as 'select at_ms from simulation.clock';
  create function simulation.random() returns float8 language sql as 'select 0.5::float8';
  do $$ begin execute format('alter database %I set search_path = simulation, pg_catalog, public', current_database()); end $$`;

const sources: Readonly<Record<Place, string>> = {
  ready: "select id from signalbox.ready",
  scheduled: "select id from signalbox.scheduled",
  leased: "select unnest(ids) as id from signalbox.leases except select unnest(fenced) from signalbox.leases",
  dead: "select id from signalbox.dead",
  completed: "select id from signalbox.completed",
};

class VirtualClock extends DatabaseClock {
  atMs: number;

  constructor(atMs: number) {
    super();
    this.atMs = atMs;
  }

  override nowMs(): number {
    return this.atMs;
  }
}

interface Worker {
  id: string;
  claimer: Claimer;
}

/** The queue on Postgres: the real operations on a test database whose time and chance are the caller's. */
export class PostgresQueue implements QueueStore {
  readonly #layout: QueueLayout;
  readonly #engine: Engine;
  readonly #clock: VirtualClock;
  #workers: Worker[] = [];
  #ids: string[] = [];
  #held = new Map<number, ClaimedAttempt>();
  #feed = new OutcomeFeed();

  /** `pool` and `connectionString` lead to the same migrated, empty database. */
  static async open(
    connectionString: string,
    pool: { query(text: string): Promise<unknown> },
    layout: QueueLayout,
    nowMs: number,
  ): Promise<PostgresQueue> {
    await pool.query(virtualTime(nowMs));
    const opened = await openEngine({ connectionString, applicationName: "signalbox test", log: silentLog });
    const clock = new VirtualClock(nowMs);
    // What attempts did is reported by the test alone, so this meter is never started.
    const outcomes = new OutcomeMeter(opened.counters, clock, 0, opened, () => undefined);
    const engine: Engine = { ...opened, clock, outcomes, random: () => 0.5 };
    for (const { name, dependencies } of layout.lanes) {
      const needed = dependencies.map((each) => layout.dependencies[each]?.name);
      const body = { queue: "q", inputSchema: true, force: true, dependencies: needed };
      await putDefinition(engine, { name, body, actor: "test" });
    }
    await engine.catalog.reload();
    return new PostgresQueue(layout, engine, clock);
  }

  private constructor(layout: QueueLayout, engine: Engine, clock: VirtualClock) {
    this.#layout = layout;
    this.#engine = engine;
    this.#clock = clock;
  }

  get nowMs(): number {
    return this.#clock.atMs;
  }

  /** As it was when it was opened, at the time of now. */
  async reset(): Promise<void> {
    await this.#engine.pool.query(`truncate ${traces}`);
    await this.#engine.flow.check();
    this.#workers = [];
    this.#ids = [];
    this.#held = new Map();
    this.#feed = new OutcomeFeed();
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  async advance(byMs: number): Promise<void> {
    this.#clock.atMs += byMs;
    await this.#engine.pool.query({
      text: "update simulation.clock set at_ms = $1",
      values: [this.#clock.atMs],
    });
  }

  async submit(jobs: readonly SubmittedJob[]): Promise<void> {
    const submits = jobs.map(({ lane, rank, runAtMs }) => ({
      definition: this.#layout.lanes[lane]?.name ?? "",
      payload: null,
      priority: priorityAt(rank),
      ...(runAtMs === undefined ? {} : { runAtMs }),
    }));
    for (const result of await enqueueJobs(this.#engine, submits, { actor: "test" })) {
      if (!result.ok) throw result.error;
      this.#ids.push(result.id);
    }
  }

  async claim({ worker, max, maxOther, except = [] }: ClaimOrder): Promise<readonly HeldJob[]> {
    const { id, claimer } = await this.#worker(worker);
    const jobs = await claimer.claim({
      workerId: id,
      served: { pool: "default", definitions: "all", target: "worker" },
      leaseMs: 3_600_000,
      max,
      maxOther,
      except: except.map((each) => this.#dependency(each).name),
      leasePerJob: true,
    });
    return jobs.map((job) => {
      const number = this.#ids.indexOf(job.id);
      const lane = this.#layout.lanes.findIndex(({ name }) => name === job.definition.name);
      this.#held.set(number, job);
      return { number, lane, rank: job.rank, runAtMs: job.runAtMs, attempt: job.attempt };
    });
  }

  tokensInMs(worker: number): number | null {
    return this.#workers[worker]?.claimer.tokensInMs ?? null;
  }

  async complete(worker: number, { number }: HeldJob): Promise<void> {
    const { id } = await this.#worker(worker);
    const job = this.#take(number);
    const times = { startedAtMs: this.nowMs, finishedAtMs: this.nowMs, output: null };
    await completeAttempts(this.#engine, id, [{ ...job, ...times, jobId: job.id }], [job.leaseId]);
  }

  async fail(worker: number, { number }: HeldJob, failure: FailureClass): Promise<FailedJob> {
    const { id: workerId } = await this.#worker(worker);
    const { id: jobId, leaseId, attempt } = this.#take(number);
    const outcome = failure === "timeout" ? ("timed-out" as const) : ("failed" as const);
    const times = { startedAtMs: this.nowMs, finishedAtMs: this.nowMs };
    const report = { name: "Error", message: failure, class: failure };
    const ended = { leaseId, jobId, attempt, workerId, ...times, outcome, failure: report };
    await endAttempts(this.#engine, workerId, [ended], [leaseId]);
    const { rows } = await this.#engine.pool.query({
      text: `select 'ready' as place, run_at_ms::float8 as "runAtMs" from signalbox.ready where id = $1
        union all select 'scheduled', run_at_ms::float8 from signalbox.scheduled where id = $1
        union all select 'dead', null from signalbox.dead where id = $1`,
      values: [jobId],
    });
    return rows[0] as FailedJob;
  }

  async release(worker: number, jobs: readonly HeldJob[]): Promise<void> {
    const { id } = await this.#worker(worker);
    const held = jobs.map(({ number }) => this.#take(number));
    await releaseAttempts(
      this.#engine,
      id,
      held,
      held.map(({ leaseId }) => leaseId),
    );
  }

  async promote(limit: number): Promise<PromotedJobs> {
    const { moved, deferred, nextInMs } = await promoteDueJobs(this.#engine, limit);
    return { moved, deferred, nextInMs };
  }

  async report({ dependency, outcomes }: Report): Promise<void> {
    const row = { ...outcomes, dependencyId: this.#dependency(dependency).id, durations: null };
    await insertOutcomes(this.#engine.counters, 1, [row]);
  }

  async readReports(): Promise<readonly Report[]> {
    return (await this.#feed.read(this.#engine.counters)).map(({ id: _, durations: __, ...row }) => {
      const { dependencyId, ...outcomes } = row;
      const dependency = this.#layout.dependencies.findIndex(
        (_each, at) => this.#dependency(at).id === dependencyId,
      );
      return { dependency, outcomes };
    });
  }

  /** As the breaker keeper writes it. */
  async setGate(dependency: number, gate: BreakerGate, multiplier: number): Promise<void> {
    const { id, settings } = this.#dependency(dependency);
    const { state, untilMs, slowMs } = gate;
    const ratePerSecond = gate.ratePerSecond !== null && gate.ratePerSecond > 0 ? gate.ratePerSecond : null;
    const body = newBreaker(0);
    await inTransaction(this.#engine.counters, async (transaction) => {
      const [locked] = await lockDependencyGates(transaction, [id]);
      const bucket = gateBucket(gate, settings.rateLimit, locked?.bucket ?? null, this.nowMs);
      await saveDependencyBucket(transaction, id, bucket);
      const kept = { dependencyId: id, state, sinceMs: 0, untilMs, ratePerSecond, multiplier, slowMs, body };
      await saveBreaker(transaction, { ...kept, isNew: true });
    });
    await this.#engine.flow.check();
  }

  async countReady(lane: number, rank: number): Promise<number> {
    const { catalog, pool } = this.#engine;
    const definition = catalog.current.definitions.get(this.#layout.lanes[lane]?.name ?? "");
    const { rows } = await pool.query({
      text: "select count(*)::int as count from signalbox.ready where lane = $1 and class = $2",
      values: [definition && catalog.current.laneOf(definition), rank],
    });
    return rows[0].count;
  }

  async list(): Promise<Record<Place, number[]>> {
    const lists = {} as Record<Place, number[]>;
    for (const place of places) {
      const { rows } = await this.#engine.pool.query(sources[place]);
      lists[place] = rows.map(({ id }) => this.#ids.indexOf(id)).sort((a, b) => a - b);
    }
    return lists;
  }

  async #worker(number: number): Promise<Worker> {
    for (let next = this.#workers.length; next <= number; next++) {
      const registration = {
        pool: "default",
        definitions: [],
        concurrency: 100,
        transport: "postgres" as const,
      };
      const host = { host: "test", pid: null, version: null, heartbeatMs: 5_000 };
      const { workerId } = await registerWorker(this.#engine, { ...registration, ...host });
      this.#workers.push({ id: workerId, claimer: new Claimer(this.#engine) });
    }
    return this.#workers[number] as Worker;
  }

  #take(number: number): ClaimedAttempt {
    const job = this.#held.get(number);
    if (job === undefined) throw new RangeError(`job ${number} is not leased`);
    this.#held.delete(number);
    return job;
  }

  #dependency(number: number) {
    const name = this.#layout.dependencies[number]?.name ?? "";
    const known = this.#engine.catalog.current.dependencies.get(name);
    if (known === undefined) throw new RangeError(`there is no dependency ${number}`);
    return known;
  }
}
