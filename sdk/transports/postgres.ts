import { isLimited, isShut } from "#core/flow/dependency-gate.ts";
import type { Served } from "#core/flow/serves-lane.ts";
import { Listener } from "#db/listen.ts";
import { Claimer } from "#server/operations/attempts/claim-attempts.ts";
import { completeAttempts } from "#server/operations/attempts/complete-attempts.ts";
import { endAttempts } from "#server/operations/attempts/end-attempts.ts";
import { keepLogLines } from "#server/operations/attempts/keep-log-lines.ts";
import { releaseAttempts } from "#server/operations/attempts/release-attempts.ts";
import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import type { Engine } from "#server/operations/engine.ts";
import { registerWorker } from "#server/operations/workers/register-worker.ts";
import { servedLanes } from "#server/operations/workers/served-lanes.ts";
import { saveCheckpoint } from "#server/store/checkpoints/save-checkpoint.ts";
import { flowChannel } from "#server/store/dependencies/tell-gates.ts";
import { readyChannel } from "#server/store/jobs/notify-ready.ts";
import { cancelChannel } from "#server/store/leases/insert-cancel-request.ts";
import type { LogRow } from "#server/store/logs/insert-log-lines.ts";
import { pressureChannel } from "#server/store/pressure/save-pressure.ts";
import { endWorker } from "#server/store/workers/end-worker.ts";
import { HeartbeatThread } from "../worker/heartbeat-thread.ts";
import { LogBatch } from "./log-batch.ts";
import { asEndedAttempt, asJob, type PostgresJob } from "./postgres-job.ts";
import { recordLimit } from "./record-limit.ts";
import type {
  AdaptedLimit,
  ClaimLimits,
  FinishedRun,
  HeartbeatReport,
  LogLine,
  Transport,
  TransportJob,
  Vitals,
  WorkerRegistration,
} from "./transport.ts";

const catalogChannel = "signalbox_catalog";
/** A wait that is longer ends with the worker's own look each second anyway, ms. */
const longestTimerMs = 60_000;

/** Workers straight on Postgres: the fastest way, and with the caller's transactions. */
export class PostgresTransport implements Transport {
  readonly #engine: Engine;
  readonly #connectionString: string;
  readonly #kind: "worker" | "http";
  readonly #claimer: Claimer;
  readonly #heartbeat: HeartbeatThread;
  readonly #logs: LogBatch<LogRow>;
  #listener: Listener | null = null;
  #served: Served | null = null;
  #wake: () => void = () => undefined;
  #tokens: NodeJS.Timeout | undefined;
  workerId = "0";
  leaseMs = 15_000;

  /** `kind` http serves the definitions with HTTP targets instead of those with handlers. */
  constructor(engine: Engine, connectionString: string, kind: "worker" | "http" = "worker") {
    this.#engine = engine;
    this.#connectionString = connectionString;
    this.#kind = kind;
    this.#claimer = new Claimer(engine);
    this.#heartbeat = new HeartbeatThread(connectionString, (error) =>
      engine.log.warn({ error }, "a heartbeat failed; trying again"),
    );
    this.#logs = new LogBatch(
      (lines) => keepLogLines(engine, lines),
      (error, lost) =>
        engine.log.warn({ error: String(error), lost }, "writing job logs failed; trying again"),
    );
  }

  async register(name: string, body: Record<string, unknown>): Promise<void> {
    await putDefinition(this.#engine, { name, body, actor: "sdk" });
  }

  async start(
    registration: WorkerRegistration,
    vitals: () => Vitals,
    onHeartbeat: (report: HeartbeatReport) => void,
  ): Promise<void> {
    const { pool, definitions, concurrency, host, version, heartbeatMs, leaseMs } = registration;
    const transport = this.#kind === "http" ? "target" : "postgres";
    const pid = process.pid;
    const worker = await registerWorker(this.#engine, {
      pool,
      definitions,
      concurrency,
      transport,
      host,
      pid,
      version,
      heartbeatMs,
    });
    this.workerId = worker.workerId;
    this.leaseMs = leaseMs;
    const everything = this.#kind === "http";
    this.#served = {
      pool: everything ? null : pool,
      definitions: everything ? "all" : definitions,
      target: this.#kind,
    };
    await this.#heartbeat.start(
      { workerId: worker.workerId, leaseMs, heartbeatMs },
      vitals,
      this.#engine.clock,
      onHeartbeat,
    );
    this.#listener = new Listener(
      [readyChannel, cancelChannel, catalogChannel, flowChannel, pressureChannel],
      {
        connectionString: this.#connectionString,
        applicationName: `signalbox worker ${worker.workerId} listen`,
        onNotify: (channel, payload) => this.#hear(channel, payload),
        onConnect: () => this.#wake(),
        onError: (error) =>
          this.#engine.log.warn({ error: error.message }, "the LISTEN connection broke; reconnecting"),
      },
    );
    await this.#listener.start();
  }

  onWake(listener: () => void): void {
    this.#wake = listener;
  }

  nowMs(): number {
    return this.#engine.clock.nowMs();
  }

  get reservedShare(): number {
    return this.#engine.catalog.current.priority.reservedShare;
  }

  async claim(limits: ClaimLimits): Promise<TransportJob[]> {
    if (this.#served === null) return [];
    const claimed = await this.#claimer.claim({
      workerId: this.workerId,
      served: this.#served,
      leaseMs: this.leaseMs,
      max: limits.max,
      maxOther: limits.maxOther,
      except: limits.except,
      leasePerJob: false,
    });
    this.#wakeForTokens();
    return claimed.map(asJob);
  }

  async settle(
    runs: readonly FinishedRun[],
    closed: readonly string[],
  ): Promise<"all" | ReadonlySet<string>> {
    const completed = runs.filter((run) => run.result.kind === "completed");
    const ended = runs.filter((run) => run.result.kind !== "completed");
    // A lease that both kinds stand under is dropped by the second statement alone.
    const endedLeases = new Set(ended.map((run) => run.job.leaseId));
    const closedFirst = ended.length > 0 ? closed.filter((id) => !endedLeases.has(id)) : [...closed];
    const accepted = await this.#complete(completed, closedFirst);
    if (ended.length === 0) return accepted;
    const settled = await endAttempts(
      this.#engine,
      this.workerId,
      ended.map((run) => asEndedAttempt(run, this.workerId)),
      closed.filter((id) => endedLeases.has(id)),
    );
    const completedIds = accepted === "all" ? completed.map((run) => run.job.id) : [...accepted];
    return new Set([...completedIds, ...settled]);
  }

  async release(jobs: readonly TransportJob[], closed: readonly string[]): Promise<void> {
    await releaseAttempts(this.#engine, this.workerId, jobs as PostgresJob[], [...closed]);
  }

  letGo(leaseIds: readonly string[]): void {
    this.#heartbeat.letGo(leaseIds);
  }

  checkpoint(
    job: TransportJob,
    data: string,
    schemaVersion: number | null,
    artifacts: string | null,
  ): Promise<boolean> {
    const { leaseId, id: jobId, attempt } = job;
    return saveCheckpoint(this.#engine.pool, {
      leaseId,
      workerId: this.workerId,
      jobId,
      attempt,
      data,
      schemaVersion,
      artifacts,
    });
  }

  log(job: TransportJob, line: LogLine): void {
    this.#logs.add({ jobId: job.id, attempt: job.attempt, ...line });
  }

  started(job: TransportJob, waitMs: number): void {
    this.#heartbeat.begins(job.attemptMs);
    this.#engine.meter.started(job.lane, job.rank, waitMs);
    this.#engine.outcomes.started(job.lane, job.attempt > 1);
  }

  isShut(dependency: string): boolean {
    const gate = this.#gateOf(dependency);
    return gate !== undefined && isShut(gate);
  }

  rateOf(dependency: string): number | null {
    const gate = this.#gateOf(dependency);
    return gate !== undefined && isLimited(gate) ? gate.ratePerSecond : null;
  }

  slowMsOf(dependency: string): number | null {
    const set = this.#engine.catalog.current.dependencies.get(dependency)?.settings.slowMs;
    return this.#gateOf(dependency)?.slowMs ?? set ?? null;
  }

  overdue(_job: TransportJob, dependency: string): void {
    this.#engine.outcomes.overdue(dependency);
  }

  limitAdapted(change: AdaptedLimit): void {
    void recordLimit(this.#engine, this.workerId, change);
  }

  async close(): Promise<void> {
    clearTimeout(this.#tokens);
    await this.#heartbeat.stop();
    await this.#logs.close();
    await this.#listener?.close();
    await endWorker(this.#engine.pool, this.workerId, "stopped").catch(() => undefined);
  }

  async #complete(runs: readonly FinishedRun[], closed: string[]): Promise<"all" | Set<string>> {
    if (runs.length === 0 && closed.length === 0) return "all";
    const completions = runs.map(({ job, startedAtMs, finishedAtMs, result }) => ({
      leaseId: job.leaseId,
      jobId: job.id,
      attempt: job.attempt,
      startedAtMs,
      finishedAtMs,
      output: result.kind === "completed" ? result.output : null,
      lane: job.lane,
      rank: job.rank,
    }));
    return completeAttempts(this.#engine, this.workerId, completions, closed);
  }

  /** Work may lie in a queue that is held by its rate alone: nobody sends a hint when its tokens come. */
  #wakeForTokens(): void {
    clearTimeout(this.#tokens);
    const inMs = this.#claimer.tokensInMs;
    if (inMs === null || inMs >= longestTimerMs) return;
    // A timer cuts fractions off, and a look that comes too early would leave the gate out.
    this.#tokens = setTimeout(() => this.#wake(), Math.ceil(inMs) + 1);
    this.#tokens.unref();
  }

  #gateOf(dependency: string) {
    const known = this.#engine.catalog.current.dependencies.get(dependency);
    return known && this.#engine.flow.gateOf(known.id);
  }

  #hear(channel: string, payload: string): void {
    if (channel === catalogChannel) {
      this.#engine.catalog.check().then(
        () => this.#wake(),
        () => undefined,
      );
      return;
    }
    if (channel === flowChannel) {
      this.#engine.flow.check().then(
        () => this.#wake(),
        () => undefined,
      );
      return;
    }
    if (channel === pressureChannel) {
      this.#engine.pressure.check().catch(() => undefined);
      return;
    }
    if (channel === cancelChannel) {
      if (payload === this.workerId) this.#heartbeat.beatNow();
      return;
    }
    const served = this.#served;
    if (served === null) return;
    const mine = servedLanes(this.#engine.catalog.current, served);
    const hinted = new Set(payload.split(",").map(Number));
    if (
      mine.some((lane) => hinted.has(lane.id)) ||
      [...hinted].some((id) => !this.#engine.catalog.current.lanes.has(id))
    )
      this.#wake();
  }
}
