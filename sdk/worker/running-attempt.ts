import { checkPayload } from "#core/definition/payload-limits.ts";
import type { Log } from "#server/system/log.ts";
import { AttemptAborted } from "../errors.ts";
import type { Checkpoint, JobContext, JobLog } from "../job-context.ts";
import type { Transport, TransportJob } from "../transports/transport.ts";
import { AttemptLog } from "./attempt-log.ts";

/** How long a handler has between being told to stop at its limit and being given up, ms. */
const abortGraceMs = 200;

/** A handler at work: its context, its limits, and why it was told to stop if it was. */
export class RunningAttempt implements JobContext {
  readonly job: TransportJob;
  readonly startedAtMs: number;
  /** Database time at which the attempt is past its limit. */
  readonly deadlineMs: number;
  /** Latest sign of progress, database time. */
  signOfLifeAtMs: number;
  progressShare: number | null = null;
  /** Settled or given up: whatever the handler still does has no effect. */
  over = false;
  aborted: AttemptAborted | null = null;
  readonly #transport: Transport;
  readonly #parentLog: Log;
  #silentAtMs: number | null = null;
  #givesWay = false;
  #controller: AbortController | null = null;
  #log: JobLog | null = null;
  #kept: AttemptLog | null = null;

  constructor(job: TransportJob, transport: Transport, log: Log, nowMs: number) {
    this.job = job;
    this.startedAtMs = nowMs;
    this.signOfLifeAtMs = nowMs;
    this.deadlineMs = nowMs + job.attemptMs;
    this.#transport = transport;
    this.#parentLog = log;
  }

  get jobId(): string {
    return this.job.id;
  }

  get attempt(): number {
    return this.job.attempt;
  }

  get idempotencyToken(): string {
    return `signalbox-${this.job.id}`;
  }

  get traceparent(): string | null {
    return this.job.traceparent;
  }

  get lastCheckpoint(): Checkpoint | null {
    return this.job.checkpoint;
  }

  // Made on first use: most quick handlers never look at it.
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.aborted && !this.#controller.signal.aborted) this.#controller.abort(this.aborted);
    return this.#controller.signal;
  }

  get log(): JobLog {
    if (this.#log) return this.#log;
    const log = this.#parentLog.child({
      job: this.job.id,
      attempt: this.job.attempt,
      definition: this.job.definition,
    });
    const kept = new AttemptLog(this.job, this.#transport);
    this.#kept = kept;
    const keep = (level: "info" | "warn" | "error") => (message: string, facts?: object) => {
      log[level](facts ?? {}, message);
      // What a handler says after its attempt was settled or given up belongs to no attempt.
      if (!this.over) kept.add(level, message, facts);
    };
    this.#log = { info: keep("info"), warn: keep("warn"), error: keep("error") };
    return this.#log;
  }

  /** The attempt is over: tell what its log left out. */
  endLog(): void {
    this.#kept?.end();
  }

  async checkpoint(data: unknown, more: { schemaVersion?: number; artifacts?: unknown } = {}): Promise<void> {
    const text = jsonOf(data, "checkpoint data");
    const artifacts = more.artifacts === undefined ? null : jsonOf(more.artifacts, "checkpoint artifacts");
    if (this.over)
      throw (
        this.aborted ?? new AttemptAborted("lease-lost", "the attempt is over: the checkpoint was not saved")
      );
    this.signOfLifeAtMs = this.#transport.nowMs();
    const saved = await this.#transport.checkpoint(this.job, text, more.schemaVersion ?? null, artifacts);
    if (!saved)
      throw new AttemptAborted(
        "lease-lost",
        "the lease of this attempt is lost: the checkpoint was not saved",
      );
    if (this.#givesWay && !this.aborted) {
      this.abort(
        new AttemptAborted("preempted", "urgent work needs the slot: the job goes on from this checkpoint"),
      );
      throw this.aborted;
    }
  }

  progress(share?: number): void {
    this.signOfLifeAtMs = this.#transport.nowMs();
    if (share !== undefined && Number.isFinite(share)) this.progressShare = Math.min(1, Math.max(0, share));
  }

  /**
   * Tell the handler to stop when it is past a limit, database time. Returns why once it has ignored that for its grace
   * too, else null; past its whole limit it is given up whatever it was told to stop for before.
   */
  enforceLimits(nowMs: number): AttemptAborted | null {
    const { attemptMs, heartbeatMs } = this.job;
    if (nowMs >= this.deadlineMs) {
      const late = new AttemptAborted("timeout", `the attempt ran longer than its limit of ${attemptMs} ms`);
      this.abort(late);
      return nowMs >= this.deadlineMs + abortGraceMs ? late : null;
    }
    if (this.#silentAtMs === null && heartbeatMs !== null && nowMs - this.signOfLifeAtMs > heartbeatMs) {
      this.#silentAtMs = nowMs;
      this.abort(new AttemptAborted("heartbeat-timeout", `no progress or checkpoint for ${heartbeatMs} ms`));
    }
    if (this.aborted?.kind !== "heartbeat-timeout" || this.#silentAtMs === null) return null;
    return nowMs >= this.#silentAtMs + abortGraceMs ? this.aborted : null;
  }

  /** Stop at the next checkpoint, once it is saved: urgent work needs the slot. */
  giveWay(): void {
    this.#givesWay = true;
  }

  /** Tell the handler to stop; the first reason stays. */
  abort(reason: AttemptAborted): void {
    if (this.aborted) return;
    this.aborted = reason;
    this.#controller?.abort(reason);
  }
}

function jsonOf(value: unknown, what: string): string {
  const check = checkPayload(value ?? null);
  if (!check.ok)
    throw new TypeError(`${what} cannot be saved: ${check.message}${check.path ? ` at ${check.path}` : ""}`);
  return check.text;
}
