import type { DefinitionSpec } from "#core/definition/definition.ts";
import { nextTokenAtMs, type TokenBucket, takeTokens, tokensAt } from "#core/flow/token-bucket.ts";
import {
  type FloorState,
  floorCounts,
  noFloorsOwed,
  recordStarts,
} from "#core/priority/floor-accumulator.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { priorityKey } from "#core/priority/virtual-deadline.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { type ClaimedRow, type ClaimRequest, claimJobs } from "#server/store/jobs/claim-jobs.ts";
import { loadResumptions, type Resumption } from "#server/store/jobs/load-resumptions.ts";
import { lockQueueGates } from "#server/store/queues/lock-queue-gates.ts";
import { saveBucket } from "#server/store/queues/save-bucket.ts";
import { monotonicMs } from "#server/system/clock.ts";
import type { CatalogDefinition, Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import { type Served, servedLanes } from "../workers/served-lanes.ts";
import { DryQueues } from "./dry-queues.ts";
import { releaseAttempts } from "./release-attempts.ts";

/** Most jobs one claim may take. */
export const maxClaimJobs = 2_000;
/** A line is looked at this deep at least, jobs; deeper where the last claim took more of its class. */
const shallowestPeek = 128;
/** A claim that was filled wakes others for what it left, at most this often, ms. */
const passOnEveryMs = 20;
/** Limited queues that were passed over for so long, because the others filled every claim, go first for once, ms. */
const passedOverMs = 50;
/** … for up to this share of what is wanted. */
const passedOverShare = 0.5;
const everyClass = priorityClasses.map(() => true);

/** A claimed job with all its handler is given. */
export interface ClaimedAttempt extends ClaimedRow {
  definition: CatalogDefinition;
  spec: DefinitionSpec;
  queue: string;
  checkpoint: Resumption["checkpoint"];
}

export interface ClaimOptions {
  workerId: string;
  served: Served;
  leaseMs: number;
  /** Jobs wanted, and of those at most so many below high; see core/priority/reserve-slots.ts. */
  max: number;
  maxOther: number;
  /** A lease a job and deadlines kept by the server: for workers that are not the SDK on Postgres. */
  leasePerJob: boolean;
}

/** The claims of one worker: remembers what each priority class is owed between them. */
export class Claimer {
  readonly #engine: Engine;
  #floors: FloorState = noFloorsOwed;
  #passedOnAtMs = 0;
  #askedLimitedAtMs = 0;
  #turn = 0;
  readonly #dry = new DryQueues();
  #peeks = priorityClasses.map(() => maxClaimJobs);

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** When a queue that this claimer found held by its rate alone may give again, ms from now; null for none. */
  get tokensInMs(): number | null {
    return this.#dry.nextInMs(monotonicMs());
  }

  /**
   * Claim up to `max` jobs in priority order. Queues without a limit share one statement; each limited queue (a cap, a
   * rate) is claimed under its row lock, so that no number of claimers can pass the limit together. Order of the result
   * is the order to start in.
   */
  async claim(options: ClaimOptions): Promise<ClaimedAttempt[]> {
    const max = Math.min(options.max, maxClaimJobs);
    if (max <= 0) return [];
    const { current } = this.#engine.catalog;
    const lanes = servedLanes(current, options.served);
    const open = lanes.filter((lane) => !isLimited(lane));
    const limited = [...Map.groupBy(lanes.filter(isLimited), (lane) => lane.queue.id)].filter(
      ([queueId]) => !this.#dry.isDry(queueId, current.version, monotonicMs()),
    );
    const passedOver = limited.length > 0 && monotonicMs() - this.#askedLimitedAtMs > passedOverMs;
    const claimed: ClaimedRow[] = [];
    if (open.length === 0 || passedOver) {
      const share = open.length === 0 ? max : Math.ceil(max * passedOverShare);
      await this.#claimLimited(options, limited, share, claimed, open.length === 0);
    }
    if (open.length > 0) {
      const request = this.#request(options, open, max - claimed.length, claimed.length);
      claimed.push(...(await this.#kept(claimed, "claiming", claimJobs(this.#engine.claims, request))));
      if (!passedOver) await this.#claimLimited(options, limited, max, claimed, true);
    }
    this.#record(claimed, max);
    if (claimed.length >= max) this.#passOn(claimed);
    try {
      return await this.#resume(claimed.length > 1 ? this.#inOrder(claimed) : claimed);
    } catch (error) {
      // Nobody will run them: better handed back than held until the lease runs out.
      const leaseIds = [...new Set(claimed.map((row) => row.leaseId))];
      await releaseAttempts(this.#engine, options.workerId, claimed, leaseIds).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Add to `claimed` from each limited queue in turn, another one first each time, until there are `most`. Only the
   * `last` to be asked may fail.
   */
  async #claimLimited(
    options: ClaimOptions,
    limited: [number, Lane[]][],
    most: number,
    claimed: ClaimedRow[],
    last: boolean,
  ): Promise<void> {
    const first = limited.length === 0 ? 0 : this.#turn++ % limited.length;
    for (const [queueId, from] of [...limited.slice(first), ...limited.slice(0, first)]) {
      if (claimed.length >= most) return;
      this.#askedLimitedAtMs = monotonicMs();
      const claim = inTransaction(this.#engine.claims, (transaction) =>
        this.#claimUnderLock(transaction, options, queueId, from, most - claimed.length, claimed.length),
      );
      const what = `claiming from the limited queue ${from[0]?.queue.name}`;
      claimed.push(...(last ? await this.#kept(claimed, what, claim) : await this.#quietly(what, claim)));
    }
  }

  /** What the cap and the bucket of a queue allow, taken while its row is locked; tokens are spent by what was taken. */
  async #claimUnderLock(
    transaction: Queryable,
    options: ClaimOptions,
    queueId: number,
    from: Lane[],
    wanted: number,
    taken: number,
  ): Promise<ClaimedRow[]> {
    const gates = await lockQueueGates(transaction, queueId);
    if (gates === null || gates.paused) return [];
    const { bucket, nowMs } = gates;
    const free = gates.maxRunning === null ? wanted : gates.maxRunning - gates.running;
    const tokens = bucket === null ? wanted : tokensAt(bucket, nowMs);
    const request = this.#request(options, from, Math.min(wanted, free, tokens), taken);
    const leaseIds = this.#leaseIds(request.max);
    const rows = await claimJobs(transaction, { ...request, leasePerJob: true, leaseIds, queueId });
    if (bucket !== null) await this.#spend(transaction, queueId, bucket, rows.length, nowMs);
    return rows;
  }

  async #spend(
    transaction: Queryable,
    queueId: number,
    bucket: TokenBucket,
    started: number,
    nowMs: number,
  ): Promise<void> {
    const after = started > 0 ? takeTokens(bucket, started, nowMs).bucket : bucket;
    if (started > 0) await saveBucket(transaction, queueId, after);
    const refillMs = nextTokenAtMs(after, nowMs) - nowMs;
    this.#dry.note(queueId, this.#engine.catalog.current.version, {
      refillMs,
      gave: started > 0,
      atMs: monotonicMs(),
    });
  }

  /** What was claimed before is the caller's, come what may; a claim that fails at first is told. */
  async #kept(before: ClaimedRow[], what: string, claim: Promise<ClaimedRow[]>): Promise<ClaimedRow[]> {
    return before.length === 0 ? claim : this.#quietly(what, claim);
  }

  async #quietly(what: string, claim: Promise<ClaimedRow[]>): Promise<ClaimedRow[]> {
    return claim.catch((error) => {
      this.#engine.log.warn({ error: String(error) }, `${what} failed; trying again`);
      return [];
    });
  }

  /**
   * Submits wake workers only when a line was empty, so whoever could not take everything tells the next: a worker
   * asleep would otherwise find the rest by its next poll.
   */
  #passOn(claimed: ClaimedRow[]): void {
    const nowMs = monotonicMs();
    if (nowMs - this.#passedOnAtMs < passOnEveryMs) return;
    this.#passedOnAtMs = nowMs;
    this.#engine.wake.send(new Set(claimed.map((row) => row.lane)));
  }

  /** Add what only the catalogue, an amendment or a checkpoint knows. */
  async #resume(claimed: ClaimedRow[]): Promise<ClaimedAttempt[]> {
    const { catalog, pool } = this.#engine;
    const again = claimed.filter((row) => row.amended || row.attempt > 1).map((row) => row.id);
    const resumptions = new Map(
      (again.length > 0 ? await loadResumptions(pool, again) : []).map((each) => [each.jobId, each]),
    );
    const attempts: ClaimedAttempt[] = [];
    for (const row of claimed) {
      const { definition, queue } = catalog.current.lanes.get(row.lane) as Lane;
      const known = row.definitionVersion === definition.version;
      const spec = known ? definition.spec : await catalog.specOf(definition, row.definitionVersion);
      const resumption = resumptions.get(row.id);
      const payload = resumption?.payload ?? row.payload;
      // The row itself, not a copy: at tens of thousands a second copies are what the collector lives on.
      const checkpoint = resumption?.checkpoint ?? null;
      attempts.push(Object.assign(row, { payload, definition, spec, queue: queue.name, checkpoint }));
    }
    return attempts;
  }

  #request(options: ClaimOptions, lanes: Lane[], max: number, taken: number): ClaimRequest {
    const settings = this.#engine.catalog.current.priority;
    // The statement itself sees which classes have backlog: a floor for an empty class takes nothing.
    const floors = floorCounts(this.#floors, { n: max, backlog: everyClass, settings });
    return {
      workerId: options.workerId,
      max,
      maxOther: Math.max(0, options.maxOther - taken),
      lanes: lanes.map((lane) => lane.id),
      laneLeaseMs: lanes.map((lane) => heartbeatOf(lane, options)),
      laneDeadlineMs: lanes.map((lane) =>
        options.leasePerJob ? lane.definition.spec.timeouts.attemptMs : null,
      ),
      classes: priorityClasses.map((name, rank) => {
        const { budgetMs, slope } = settings.classes[name];
        return { rank, budgetMs, slope, floor: floors[rank] ?? 0, peek: this.#peeks[rank] ?? maxClaimJobs };
      }),
      leaseIds: this.#leaseIds(options.leasePerJob ? max : 1),
      leasePerJob: options.leasePerJob,
      queueId: null,
    };
  }

  #leaseIds(count: number): string[] {
    return Array.from({ length: Math.max(0, count) }, () => this.#engine.ids.next());
  }

  #record(claimed: ClaimedRow[], max: number): void {
    if (claimed.length === 0) return;
    const settings = this.#engine.catalog.current.priority;
    const started = priorityClasses.map((_, rank) => claimed.filter((row) => row.rank === rank).length);
    // A claim that was not filled, or a floor that found nobody, has shown that the class waits for nothing.
    const asked = floorCounts(this.#floors, { n: max, backlog: everyClass, settings });
    const backlog = started.map(
      (count, rank) => count > 0 || (claimed.length >= max && (asked[rank] ?? 0) === 0),
    );
    // What came of a class is the best guess of what will: looking deeper into every line costs more than it finds.
    this.#peeks = started.map((count) => Math.min(maxClaimJobs, Math.max(shallowestPeek, count * 4)));
    this.#floors = recordStarts(this.#floors, { started, backlog, settings });
  }

  #inOrder(claimed: ClaimedRow[]): ClaimedRow[] {
    const nowMs = this.#engine.clock.nowMs();
    const settings = this.#engine.catalog.current.priority;
    const keyed = claimed.map((row) => ({
      row,
      key: priorityKey({ rank: row.rank, runAtMs: row.runAtMs, nowMs, settings }),
    }));
    keyed.sort((a, b) => a.key - b.key || a.row.runAtMs - b.row.runAtMs || olderFirst(a.row.id, b.row.id));
    return keyed.map(({ row }) => row);
  }
}

/** Limited queues are claimed apart, so that the others pay nothing for them. */
function isLimited({ queue }: Lane): boolean {
  return queue.maxRunning !== null || queue.rateLimit !== null;
}

/** A definition that names a heartbeat holds its lease by it when leases are a job's own. */
function heartbeatOf(lane: Lane, options: ClaimOptions): number {
  const { heartbeatMs } = lane.definition.spec.timeouts;
  return options.leasePerJob && heartbeatMs !== undefined ? heartbeatMs : options.leaseMs;
}

/** Ids are made in order of time; as decimal text the shorter is the smaller. */
function olderFirst(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
