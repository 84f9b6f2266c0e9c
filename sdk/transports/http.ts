import { nowMs } from "#server/system/clock.ts";
import { asJob, type OfferedJob } from "./http-job.ts";
import { HttpTransportError } from "./http-transport-error.ts";
import { LogBatch } from "./log-batch.ts";
import { logParts } from "./log-parts.ts";
import {
  type ClaimLimits,
  type FinishedRun,
  type HeartbeatReport,
  type LogLine,
  monotonicEpochMs,
  type Transport,
  type TransportJob,
  type Vitals,
  type WorkerRegistration,
} from "./transport.ts";
import { wireError } from "./wire-error.ts";

export interface HttpTransportOptions {
  /** Where Signalbox is, as `https://signalbox.example.com`. */
  url: string;
  /** A token of scope worker. */
  token: string;
  /** Limit of one call beyond what it may wait for, ms; default 10,000. */
  timeoutMs?: number;
}

interface SentLine extends LogLine {
  job: TransportJob;
}

type NamedAttempt = { id: string; attempt: number };

/** Workers over the HTTP worker protocol: for hosts that cannot reach the database. */
export class HttpTransport implements Transport {
  readonly #base: string;
  readonly #token: string;
  readonly #timeoutMs: number;
  readonly #held = new Map<string, TransportJob>();
  readonly #closing = new AbortController();
  // Lines that cannot be sent wait; there is nobody here to tell.
  readonly #logs = new LogBatch<SentLine>(
    (lines) => this.#sendLogs(lines),
    () => undefined,
  );
  #timer: NodeJS.Timeout | undefined;
  workerId = "0";
  leaseMs = 15_000;
  /** The server reserves when it hands out. */
  readonly reservedShare = 0;

  constructor(options: HttpTransportOptions) {
    this.#base = `${options.url.replace(/\/+$/, "")}/api/v1`;
    this.#token = options.token;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
  }

  async register(name: string, body: Record<string, unknown>): Promise<void> {
    await this.#call("PUT", `/definitions/${encodeURIComponent(name)}`, body);
  }

  async start(
    registration: WorkerRegistration,
    vitals: () => Vitals,
    onHeartbeat: (report: HeartbeatReport) => void,
  ): Promise<void> {
    const { pool, definitions, concurrency, host, version } = registration;
    const body = { pool, definitions, concurrency, host, version: version ?? undefined };
    const answer = await this.#call<{ workerId: string; leaseMs: number; heartbeatMs: number }>(
      "POST",
      "/workers",
      body,
    );
    this.workerId = answer.workerId;
    this.leaseMs = answer.leaseMs;
    const everyMs = Math.min(answer.heartbeatMs, answer.leaseMs / 3);
    const beat = () => void this.#beat(vitals, onHeartbeat).finally(next);
    const next = () => {
      if (!this.#closing.signal.aborted) this.#timer = setTimeout(beat, everyMs);
    };
    next();
  }

  onWake(): void {
    // A claim waits at the server until there is work; there is nothing else to hear.
  }

  nowMs(): number {
    return nowMs();
  }

  async claim({ max, waitMs, except }: ClaimLimits, signal: AbortSignal): Promise<TransportJob[]> {
    const wait = Math.min(waitMs, 30_000);
    const path = `/workers/${this.workerId}/claim`;
    const { jobs } = await this.#call<{ jobs: OfferedJob[] }>(
      "POST",
      path,
      {
        max: Math.min(max, 100),
        waitMs: wait,
        ...(except.length > 0 ? { except: except.slice(0, 100) } : {}),
      },
      wait,
      signal,
    );
    return jobs.map((job) => this.#hold(job));
  }

  async settle(runs: readonly FinishedRun[]): Promise<"all" | ReadonlySet<string>> {
    const accepted = await Promise.all(runs.map((run) => this.#settleOne(run)));
    return new Set(runs.filter((_, index) => accepted[index]).map((run) => run.job.id));
  }

  async release(jobs: readonly TransportJob[]): Promise<void> {
    await Promise.all(jobs.map((job) => this.#attempt(job, "release", {})));
  }

  letGo(leaseIds: readonly string[]): void {
    for (const leaseId of leaseIds) this.#held.delete(leaseId);
  }

  checkpoint(
    job: TransportJob,
    data: string,
    schemaVersion: number | null,
    artifacts: string | null,
  ): Promise<boolean> {
    const body = {
      data: JSON.parse(data),
      schemaVersion: schemaVersion ?? undefined,
      artifacts: artifacts === null ? undefined : JSON.parse(artifacts),
    };
    return this.#attempt(job, "checkpoint", body);
  }

  log(job: TransportJob, line: LogLine): void {
    this.#logs.add({ job, ...line });
  }

  started(): void {
    // The server counts a start when it hands the job out.
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#logs.close();
    await this.#call("DELETE", `/workers/${this.workerId}`).catch(() => undefined);
  }

  #hold(offered: OfferedJob): TransportJob {
    const job = asJob(offered);
    this.#held.set(job.leaseId, job);
    return job;
  }

  async #settleOne({ job, result }: FinishedRun): Promise<boolean> {
    const accepted =
      result.kind === "completed"
        ? await this.#attempt(job, "complete", {
            output: result.output === null ? null : JSON.parse(result.output),
          })
        : result.kind === "released" || result.kind === "preempted"
          ? await this.#attempt(job, "release", {})
          : await this.#attempt(job, "fail", { error: wireError(result.failure) });
    this.#held.delete(job.leaseId);
    return accepted;
  }

  /** A call for each attempt; lines that are refused for good are dropped. */
  async #sendLogs(lines: readonly SentLine[]): Promise<void> {
    const byJob = Map.groupBy(lines, ({ job }) => job);
    for (const [job, own] of byJob)
      for (const part of logParts(own))
        await this.#call("POST", `/jobs/${job.id}/attempts/${job.attempt}/logs`, {
          token: job.token,
          lines: part.map(({ seq, atMs, level, message, facts }) => ({
            ...{ seq, atMs: Math.round(atMs), level, message },
            ...(facts === null ? {} : { facts: JSON.parse(facts) as unknown }),
          })),
        }).catch((error: unknown) => {
          const refused = error instanceof HttpTransportError && error.status < 500 && error.status !== 429;
          if (!refused) throw error;
        });
  }

  /** Act on an attempt; false when it is no longer this worker's. */
  async #attempt(job: TransportJob, act: string, body: object): Promise<boolean> {
    try {
      await this.#call("POST", `/jobs/${job.id}/attempts/${job.attempt}/${act}`, {
        token: job.token,
        ...body,
      });
      return true;
    } catch (error) {
      if (error instanceof HttpTransportError && [404, 409, 410].includes(error.status)) {
        this.#held.delete(job.leaseId);
        return false;
      }
      throw error;
    }
  }

  async #beat(vitals: () => Vitals, onHeartbeat: (report: HeartbeatReport) => void): Promise<void> {
    const requestedAtMs = monotonicEpochMs();
    const listed = new Map(this.#held);
    const progress = new Map([...vitals().leases.values()].flat().map((each) => [each.id, each.progress]));
    const running = [...listed.values()].map((job) => ({
      id: job.id,
      attempt: job.attempt,
      token: job.token,
      progress: progress.get(job.id) ?? undefined,
    }));
    try {
      const { saturation, limit } = vitals();
      const body = { running, saturation, ...(limit === null ? {} : { limit }) };
      const answer = await this.#call<{
        cancel: NamedAttempt[];
        preempt: NamedAttempt[];
        lost: NamedAttempt[];
        drain: boolean;
      }>("POST", `/workers/${this.workerId}/heartbeat`, body);
      const lost = new Set(answer.lost.map(({ id, attempt }) => `${id}.${attempt}`));
      for (const leaseId of lost) this.#held.delete(leaseId);
      const leaseIds = [...listed.keys()].filter((leaseId) => !lost.has(leaseId));
      onHeartbeat({
        leaseIds,
        cancel: answer.cancel.map(({ id }) => id),
        preempt: answer.preempt.map(({ id }) => id),
        // The server itself gives an ejected worker nothing, and a probed one a job at a time.
        allowance: null,
        drain: answer.drain,
        expired: false,
        requestedAtMs,
      });
    } catch (error) {
      const expired = error instanceof HttpTransportError && (error.status === 410 || error.status === 404);
      if (expired)
        onHeartbeat({
          leaseIds: [],
          cancel: [],
          preempt: [],
          allowance: null,
          drain: false,
          expired: true,
          requestedAtMs,
        });
    }
  }

  async #call<Answer = unknown>(
    method: string,
    path: string,
    body?: object,
    waitMs = 0,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const limit = AbortSignal.timeout(this.#timeoutMs + waitMs);
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
    if (!response.ok)
      throw new HttpTransportError(
        response.status,
        answer.code ?? "error",
        answer.detail ?? response.statusText,
      );
    return answer as Answer;
  }
}

/** A transport for {@link createWorker} over HTTP. */
export function httpTransport(options: HttpTransportOptions): () => Transport {
  return () => new HttpTransport(options);
}
