import type { Served } from "#core/flow/serves-lane.ts";
import { slotsFor } from "#core/priority/reserve-slots.ts";
import { type ClaimedAttempt, Claimer } from "#server/operations/attempts/claim-attempts.ts";
import { releaseAttempts } from "#server/operations/attempts/release-attempts.ts";
import type { Engine } from "#server/operations/engine.ts";
import { servedLanes } from "#server/operations/workers/served-lanes.ts";
import { touchWorker, type WorkerRecord } from "#server/store/workers/find-worker.ts";
import { monotonicMs } from "#server/system/clock.ts";
import type { AttemptTokens } from "./attempt-tokens.ts";
import { liveWorker } from "./live-worker.ts";
import type { ReadyWatch } from "./ready-watch.ts";

/** A claim that waits looks this often even when nobody calls it, ms: a NOTIFY can be lost. */
const pollEveryMs = 1_000;
/** Workers whose claims are remembered here; the one unseen longest goes first. */
const keptClaimers = 2_000;

export interface ClaimWish {
  workerId: string;
  max: number;
  waitMs: number;
  /** Dependencies whose jobs it leaves to others. */
  except?: readonly string[];
  /** Aborted when the client has gone. */
  signal: AbortSignal;
}

/** A claimed job as an HTTP worker gets it. */
export interface OfferedJob {
  id: string;
  attempt: number;
  token: string;
  definition: string;
  version: number;
  payload: unknown;
  checkpoint: ClaimedAttempt["checkpoint"];
  timeoutMs: number;
  traceparent: string | null;
  dependencies: readonly string[];
}

/** Claims for HTTP workers, which may wait for work. */
export class ClaimDesk {
  readonly #engine: Engine;
  readonly #watch: ReadyWatch;
  readonly #tokens: AttemptTokens;
  readonly #leaseMs: number;
  /** What each worker's priority classes are owed is remembered between its claims. */
  readonly #claimers = new Map<string, Claimer>();

  constructor(engine: Engine, watch: ReadyWatch, tokens: AttemptTokens, leaseMs: number) {
    this.#engine = engine;
    this.#watch = watch;
    this.#tokens = tokens;
    this.#leaseMs = leaseMs;
  }

  /**
   * Jobs for the worker: at once when there are any, else as soon as one comes, else none when the wait is over.
   * What is claimed for a client that has gone is handed back. Throws `not_found` and `worker_expired`.
   */
  async claim(wish: ClaimWish): Promise<OfferedJob[]> {
    const untilMs = monotonicMs() + wish.waitMs;
    for (;;) {
      const worker = await liveWorker(this.#engine, wish.workerId);
      if (worker.state === "draining" || wish.signal.aborted) return [];
      await touchWorker(this.#engine.pool, worker.id);
      const served: Served = { pool: worker.pool, definitions: worker.definitions, target: "worker" };
      const lanes = servedLanes(this.#engine.catalog.current, served).map((lane) => lane.id);
      // Listening begins before looking, or a hint that comes between the two would be lost.
      const found = new AbortController();
      const leftMs = untilMs - monotonicMs();
      const hint = this.#watch.wait(
        lanes,
        Math.min(leftMs, pollEveryMs),
        AbortSignal.any([wish.signal, found.signal]),
      );
      const claimed = await this.#claimNow(worker, served, wish);
      if (claimed.length > 0) {
        found.abort();
        return wish.signal.aborted ? this.#handBack(worker.id, claimed) : this.#offer(worker.id, claimed);
      }
      if (leftMs <= 0) return [];
      // Nobody sends a hint when the tokens of a queue held by its rate come.
      const tokensInMs = this.#claimerOf(worker.id).tokensInMs ?? pollEveryMs;
      const tokens = setTimeout(() => found.abort(), Math.ceil(tokensInMs) + 1);
      await hint;
      clearTimeout(tokens);
    }
  }

  #claimNow(
    worker: WorkerRecord,
    served: Served,
    { max: wanted, except }: ClaimWish,
  ): Promise<ClaimedAttempt[]> {
    const { reservedShare } = this.#engine.catalog.current.priority;
    const { concurrency, runningOther } = worker;
    const { max, maxOther } = slotsFor({
      concurrency: Math.max(concurrency, wanted),
      runningOther,
      free: wanted,
      reservedShare,
    });
    const leaseMs = this.#leaseMs;
    if (
      worker.overloaded ||
      worker.ejection === "ejected" ||
      (worker.ejection === "probing" && worker.running > 0)
    )
      return Promise.resolve([]);
    const claim = {
      workerId: worker.id,
      served,
      leaseMs,
      max: worker.ejection === null ? max : 1,
      maxOther,
      except,
      leasePerJob: true,
    };
    return this.#claimerOf(worker.id).claim(claim);
  }

  async #offer(workerId: string, claimed: ClaimedAttempt[]): Promise<OfferedJob[]> {
    const offers: OfferedJob[] = [];
    for (const row of claimed) {
      this.#engine.meter.started(row.lane, row.rank, Math.max(0, row.claimedAtMs - row.runAtMs));
      this.#engine.outcomes.started(row.lane, row.attempt > 1);
      offers.push({
        id: row.id,
        attempt: row.attempt,
        token: await this.#tokens.make({
          leaseId: row.leaseId,
          workerId,
          jobId: row.id,
          attempt: row.attempt,
        }),
        definition: row.definition.name,
        version: row.definitionVersion,
        payload: JSON.parse(row.payload),
        checkpoint: row.checkpoint,
        timeoutMs: row.spec.timeouts.attemptMs,
        traceparent: row.traceparent,
        dependencies: row.spec.dependencies ?? [],
      });
    }
    return offers;
  }

  async #handBack(workerId: string, claimed: ClaimedAttempt[]): Promise<OfferedJob[]> {
    await releaseAttempts(
      this.#engine,
      workerId,
      claimed,
      claimed.map((row) => row.leaseId),
    );
    return [];
  }

  #claimerOf(workerId: string): Claimer {
    const claimer = this.#claimers.get(workerId) ?? new Claimer(this.#engine);
    this.#claimers.delete(workerId);
    this.#claimers.set(workerId, claimer);
    const oldest = this.#claimers.keys().next();
    if (this.#claimers.size > keptClaimers && !oldest.done) this.#claimers.delete(oldest.value);
    return claimer;
  }
}
