import type { DefinitionSpec } from "#core/definition/definition.ts";
import type { Served } from "#core/flow/serves-lane.ts";
import { deferredRank } from "#core/pressure/decide-deferral.ts";
import { keepsBackClass, keepsBackDefinition } from "#core/pressure/keeps-back.ts";
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
import { monotonicMs } from "#server/system/clock.ts";
import type { CatalogDefinition, Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import { servedLanes } from "../workers/served-lanes.ts";
import { type GatedLanes, lockGates, splitLanes } from "./claim-gates.ts";
import { DryGates } from "./dry-gates.ts";
import { releaseAttempts } from "./release-attempts.ts";

/** Most jobs one claim may take. */
export const maxClaimJobs = 2_000;
/** A line is looked at this deep at least, jobs; deeper where the last claim took more of its class. */
const shallowestPeek = 128;
/** A claim that was filled wakes others for what it left, at most this often, ms. */
const passOnEveryMs = 20;
/** Gated lanes that were passed over for so long, because the others filled every claim, go first for once, ms. */
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
  /** Nothing that needs one of these dependencies, by name: the worker has all in flight that it may. */
  except?: readonly string[];
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
  #keptBack = false;
  readonly #dry = new DryGates();
  #peeks = priorityClasses.map(() => maxClaimJobs);

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** When a gate that this claimer found without a token may give again, ms from now; null for none. */
  get tokensInMs(): number | null {
    return this.#dry.nextInMs(monotonicMs());
  }

  /**
   * Claim up to `max` jobs in priority order. Lanes that nothing limits share one statement; those behind a cap, a rate
   * or a breaker that lets some through are claimed under its lock, so that no number of claimers can pass the limit
   * together. Lanes of an open breaker are left out. Order of the result is the order to start in.
   */
  async claim(options: ClaimOptions): Promise<ClaimedAttempt[]> {
    const max = Math.min(options.max, maxClaimJobs);
    if (max <= 0) return [];
    const { current } = this.#engine.catalog;
    const lanes = servedLanes(current, options.served).filter(
      (lane) => !needsOneOf(lane, options.except) && !this.#isDeferred(lane),
    );
    const { open, gated } = splitLanes(lanes, this.#engine.flow);
    const keys = gated.map(({ key }) => key);
    const withTokens = this.#dry.withTokens(keys, this.#gatesVersion, monotonicMs());
    const limited = gated.filter(({ key }) => withTokens.has(key));
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
   * Add to `claimed` from each group of gated lanes in turn, another one first each time, until there are `most`. Only the
   * `last` to be asked may fail.
   */
  async #claimLimited(
    options: ClaimOptions,
    limited: GatedLanes[],
    most: number,
    claimed: ClaimedRow[],
    last: boolean,
  ): Promise<void> {
    const first = limited.length === 0 ? 0 : this.#turn++ % limited.length;
    for (const group of [...limited.slice(first), ...limited.slice(0, first)]) {
      if (claimed.length >= most) return;
      this.#askedLimitedAtMs = monotonicMs();
      const claim = inTransaction(this.#engine.claims, (transaction) =>
        this.#claimUnderLock(transaction, options, group, most - claimed.length, claimed.length),
      );
      const what = `claiming behind the gates of queue ${group.lanes[0]?.queue.name}`;
      claimed.push(...(last ? await this.#kept(claimed, what, claim) : await this.#quietly(what, claim)));
    }
  }

  /** What the gates allow, taken while they are locked; tokens are spent by what was taken. */
  async #claimUnderLock(
    transaction: Queryable,
    options: ClaimOptions,
    group: GatedLanes,
    wanted: number,
    taken: number,
  ): Promise<ClaimedRow[]> {
    const gates = await lockGates(transaction, group);
    const request = this.#request(options, group.lanes, Math.min(wanted, gates.room), taken);
    // Only a cap counts leases, and needs them a job each.
    const leasePerJob = options.leasePerJob || group.queueId !== null || group.definitionId !== null;
    const leaseIds = this.#leaseIds(leasePerJob ? request.max : 1);
    const { queueId, definitionId } = group;
    const rows = await claimJobs(transaction, { ...request, leasePerJob, leaseIds, queueId, definitionId });
    const refillMs = await gates.spend(rows.length);
    const found = { refillMs, gave: rows.length > 0, atMs: monotonicMs() };
    this.#dry.note(group.key, this.#gatesVersion, found);
    return rows;
  }

  /** Moves with every edit of a limit and every move of a breaker: what was found dry is asked again then. */
  get #gatesVersion(): string {
    return `${this.#engine.catalog.current.version} ${this.#engine.flow.version}`;
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
      const resumption = resumptions.get(row.id);
      if (resumption?.definitionVersion != null) row.definitionVersion = resumption.definitionVersion;
      const known = row.definitionVersion === definition.version;
      const spec = known ? definition.spec : await catalog.specOf(definition, row.definitionVersion);
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
      classes: priorityClasses.flatMap((name, rank) => {
        const { budgetMs, slope } = settings.classes[name];
        const floor = floors[rank] ?? 0;
        const peek = this.#peeks[rank] ?? maxClaimJobs;
        // Bulk that is kept back gets what its floor owes it and no more.
        if (!this.#keepsBack(lanes, rank)) return [{ rank, budgetMs, slope, floor, peek }];
        return floor > 0 ? [{ rank, budgetMs, slope, floor, peek: floor }] : [];
      }),
      leaseIds: this.#leaseIds(options.leasePerJob ? max : 1),
      leasePerJob: options.leasePerJob,
      queueId: null,
      definitionId: null,
    };
  }

  /** Whether a class of the lanes is kept back now. The lanes a worker serves share one crew. */
  #keepsBack([lane]: readonly Lane[], rank: number): boolean {
    const deferral = lane === undefined ? null : this.#engine.pressure.deferralOf(lane.id);
    const isKept = keepsBackClass(deferral, rank);
    if (rank === deferredRank) this.#keptBack = isKept;
    return isKept;
  }

  #isDeferred(lane: Lane): boolean {
    return keepsBackDefinition(this.#engine.pressure.deferralOf(lane.id), lane.definition.spec);
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
      (count, rank) =>
        count > 0 ||
        // What was kept back was not asked for: it is owed its floor of all that starts meanwhile.
        ((claimed.length >= max || (rank === deferredRank && this.#keptBack)) && (asked[rank] ?? 0) === 0),
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

function needsOneOf(lane: Lane, names: readonly string[] | undefined): boolean {
  return (
    names !== undefined && names.length > 0 && lane.dependencies.some(({ name }) => names.includes(name))
  );
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
