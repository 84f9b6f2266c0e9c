import { advanceBreaker, type BreakerAdvance } from "#core/breaker/advance-breaker.ts";
import { gateBucket } from "#core/breaker/gate-bucket.ts";
import type { MultiplierChange } from "#core/flow/backoff-multiplier.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { type BreakerRow, loadBreakers } from "#server/store/dependencies/load-breakers.ts";
import { lockDependencyGates } from "#server/store/dependencies/lock-dependency-gates.ts";
import type { ReportedOutcomes } from "#server/store/dependencies/read-outcomes.ts";
import { saveBreaker } from "#server/store/dependencies/save-breaker.ts";
import { saveDependencyBucket } from "#server/store/dependencies/save-dependency-bucket.ts";
import { tellGates } from "#server/store/dependencies/tell-gates.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { CatalogDependency } from "../catalog/catalog.ts";
import { endForced } from "../dependencies/end-forced.ts";
import { showGates } from "../dependencies/show-gates.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import { type Backlog, BackoffGauge } from "./backoff-gauge.ts";
import {
  asKept,
  freshlyKept,
  isBlank,
  isMoved,
  isSlowMoved,
  type Kept,
  rateOf,
  type StoredBreaker,
} from "./kept-breaker.ts";
import { OutcomeFeed } from "./outcome-feed.ts";

/** What breakers remember is written this often though nothing about them changed, ms: what a killed dispatcher forgets. */
const keepEveryMs = 2_000;
/** Jobs waiting for a dependency are counted no more often than this, ms. */
const countEveryMs = 500;
/** While nothing is called and every breaker is closed, it is looked this often, ms … */
const idleTickMs = 500;
/** … after so long without a call, ms. */
const idleAfterMs = 5_000;

/**
 * Runs the breakers of all dependencies: feeds each what attempts came to, lets core decide, and writes its gate, its
 * tokens and what it did in one transaction under the duty. Holds what they remember in memory; whoever takes over the duty
 * goes on from what was written, and from the reports of the last half minute.
 */
export class BreakerKeeper {
  readonly #engine: Engine;
  #epoch = "";
  #kept = new Map<number, Kept>();
  #feed = new OutcomeFeed();
  #gauge = new BackoffGauge();
  #waiting = new Map<number, Backlog>();
  #countedAtMs = 0;
  #calledAtMs = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** One look at everything; says when the next is due, false when the duty was lost. */
  async tick(duty: Duty): Promise<{ inMs: number } | "done" | false> {
    const { catalog, clock, counters } = this.#engine;
    const dependencies = [...catalog.current.dependencies.values()];
    if (dependencies.length === 0) return { inMs: idleTickMs * 2 };
    const nowMs = clock.nowMs();
    if (duty.epoch !== this.#epoch) await this.#takeOver(duty.epoch, nowMs);
    const reports = Map.groupBy(await this.#feed.read(counters), (report) => report.dependencyId);
    if (reports.size > 0) this.#calledAtMs = nowMs;
    await this.#countWaiting(nowMs);
    await this.#gauge.readUsual(
      counters,
      dependencies.map(({ id }) => id),
      nowMs,
    );
    const rows = new Map((await loadBreakers(counters)).map((row) => [row.dependencyId, row]));
    for (const dependency of dependencies) {
      if (!(await this.#endForced(duty, dependency, rows))) return false;
      const told = reports.get(dependency.id) ?? [];
      const row = rows.get(dependency.id);
      if (row !== undefined && isBlank(row) && this.#kept.get(dependency.id)?.isNew === false)
        this.#kept.delete(dependency.id);
      if (!this.#isIdle(dependency, told, row) && !(await this.#advance(duty, dependency, told, row, nowMs)))
        return false;
    }
    const quiet = nowMs - this.#calledAtMs > idleAfterMs && this.#areClosed();
    return quiet ? { inMs: idleTickMs } : "done";
  }

  /** Ends an operator's word that was given for a time; false when the duty was lost. */
  async #endForced(
    duty: Duty,
    { id, name }: CatalogDependency,
    rows: Map<number, BreakerRow>,
  ): Promise<boolean> {
    const row = rows.get(id);
    if (!row?.isForcedOver) return true;
    const held = await inTransaction(this.#engine.counters, async (transaction) => {
      if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
      await endForced(transaction, { id, name });
      return true;
    });
    if (held) await showGates(this.#engine, row.forced === "open" ? name : null);
    rows.set(id, { ...row, forced: null, isForcedOver: false });
    return held;
  }

  async #takeOver(epoch: string, nowMs: number): Promise<void> {
    const rows = await loadBreakers(this.#engine.counters);
    this.#kept = new Map(rows.map((row) => [row.dependencyId, asKept(row, nowMs)]));
    this.#gauge = new BackoffGauge();
    for (const { dependencyId, body } of rows)
      this.#gauge.restore(dependencyId, (body as StoredBreaker).backoff, nowMs);
    this.#feed = new OutcomeFeed();
    await this.#feed.startAt(this.#engine.counters, nowMs);
    this.#epoch = epoch;
  }

  async #countWaiting(nowMs: number): Promise<void> {
    if (nowMs - this.#countedAtMs < countEveryMs) return;
    this.#countedAtMs = nowMs;
    const depths = await readLatestDepths(this.#engine.counters);
    this.#waiting = new Map();
    const { lanes, priority } = this.#engine.catalog.current;
    for (const { lane, rank, available } of depths?.rows ?? []) {
      if (available === 0) continue;
      const { budgetMs } = priority.classes[priorityAt(rank)];
      for (const { id } of lanes.get(lane)?.dependencies ?? []) {
        const known = this.#waiting.get(id);
        this.#waiting.set(id, {
          waiting: (known?.waiting ?? 0) + available,
          budgetMs: Math.min(known?.budgetMs ?? Number.POSITIVE_INFINITY, budgetMs),
        });
      }
    }
  }

  /** Nothing to judge: closed, unlimited, nothing forced, and nobody called it. */
  #isIdle(
    { id, settings }: CatalogDependency,
    told: ReportedOutcomes[],
    row: BreakerRow | undefined,
  ): boolean {
    if (told.length > 0 || (row?.forced ?? null) !== null) return false;
    const kept = this.#kept.get(id);
    if (kept === undefined) return settings.rateLimit === null;
    return (
      kept.gate?.state === "closed" &&
      kept.gate.ratePerSecond === null &&
      rateOf(null, settings.rateLimit) === kept.ratePerSecond
    );
  }

  async #advance(
    duty: Duty,
    dependency: CatalogDependency,
    told: ReportedOutcomes[],
    row: BreakerRow | undefined,
    nowMs: number,
  ): Promise<boolean> {
    const before = this.#kept.get(dependency.id) ?? freshlyKept(nowMs);
    const backlog = this.#waiting.get(dependency.id) ?? { waiting: 0, budgetMs: null };
    const advance = advanceBreaker(before.state, {
      nowMs,
      outcomes: told,
      waiting: backlog.waiting,
      settings: dependency.settings,
      random: this.#engine.random,
      forced: row?.forced ?? null,
    });
    const { state, gate, acts } = advance;
    // An open breaker holds everything itself: what it lets through tells nothing of how retries should come.
    const backoff =
      gate.state === "closed"
        ? this.#gauge.advance(dependency.id, told, backlog, dependency.settings.multiplier, nowMs)
        : { value: before.multiplier, change: null };
    const kept: Kept = { ...before, state, gate, multiplier: backoff.value };
    kept.ratePerSecond = rateOf(gate.ratePerSecond, dependency.settings.rateLimit);
    const moved = isMoved(before, kept);
    const slow = isSlowMoved(kept, nowMs);
    if (slow) Object.assign(kept, { slowToldMs: gate.slowMs, slowToldAtMs: nowMs });
    const isStretched = backoff.change !== null;
    const isWritten =
      moved ||
      slow ||
      isStretched ||
      gate.permits > 0 ||
      acts.length > 0 ||
      nowMs - kept.savedAtMs > keepEveryMs;
    this.#kept.set(dependency.id, kept);
    if (!isWritten) return true;
    kept.savedAtMs = nowMs;
    const tell = moved || slow || isStretched || gate.permits > 0;
    return inTransaction(this.#engine.counters, async (transaction) => {
      if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
      await this.#write(transaction, dependency, kept, advance, tell);
      if (backoff.change !== null) await recordStretch(transaction, dependency.name, backoff.change);
      return true;
    });
  }

  async #write(
    transaction: Queryable,
    { id, name, settings }: CatalogDependency,
    kept: Kept,
    { state, gate, acts }: BreakerAdvance,
    tell: boolean,
  ): Promise<void> {
    if (tell) {
      const [locked] = await lockDependencyGates(transaction, [id]);
      if (locked === undefined) return;
      const bucket = gateBucket(gate, settings.rateLimit, locked.bucket, locked.nowMs);
      await saveDependencyBucket(transaction, id, bucket);
    }
    const isSaved = await saveBreaker(transaction, {
      dependencyId: id,
      state: gate.state,
      sinceMs: state.sinceMs,
      untilMs: gate.untilMs,
      ratePerSecond: kept.ratePerSecond,
      multiplier: kept.multiplier,
      slowMs: kept.slowToldMs,
      body: { ...state, backoff: this.#gauge.stateOf(id) },
      isNew: kept.isNew,
    });
    // An operator had it forget since it was read: the next look begins anew.
    if (!isSaved) return;
    kept.isNew = false;
    for (const { kind, cause, figures } of acts) {
      const undo =
        kind === "breaker-opened" ? { action: "dependency.force-closed", label: "Force it closed" } : null;
      await recordAutomation(transaction, {
        kind,
        objectKind: "dependency",
        objectId: name,
        cause,
        figures,
        undo,
      });
    }
    if (tell) await tellGates(transaction);
  }

  #areClosed(): boolean {
    return [...this.#kept.values()].every(({ gate }) => gate === null || gate.state === "closed");
  }
}

function recordStretch(
  transaction: Queryable,
  name: string,
  { from, to, cause, figures }: MultiplierChange,
): Promise<number> {
  const kind = to > from ? "backoff-stretched" : "backoff-relaxed";
  return recordAutomation(transaction, { kind, objectKind: "dependency", objectId: name, cause, figures });
}
