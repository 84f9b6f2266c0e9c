import { advanceBreaker } from "../../core/breaker/advance-breaker.ts";
import type { BreakerAct } from "../../core/breaker/breaker-act.ts";
import type { BreakerGate } from "../../core/breaker/breaker-gate.ts";
import { type BreakerState, newBreaker } from "../../core/breaker/breaker-state.ts";
import type { Random } from "../../core/clock.ts";
import { priorityAt, priorityClasses } from "../../core/priority/priority-class.ts";
import { type Backlog, BackoffGauge } from "../../server/operations/flow/backoff-gauge.ts";
import type { MemoryQueue } from "./memory-queue.ts";
import type { QueueLayout, Report } from "./queue-store.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** As server/dispatcher/services.ts and breaker-keeper.ts have them, ms. */
const promoteEveryMs = 100;
const promoteBatch = 1_000;
const tickMs = 100;
const idleTickMs = 500;
const idleAfterMs = 5_000;
const countEveryMs = 500;
/** From a decision to the gate that claims meet, ms. */
const writeMs = 4;

interface Kept {
  state: BreakerState;
  gate: BreakerGate | null;
  multiplier: number;
}

export interface DispatcherParts {
  layout: QueueLayout;
  queue: MemoryQueue;
  time: VirtualTime;
  random: Random;
  /** Jobs came in line, or a gate moved. */
  onReady: () => void;
}

/** Something an automatic controller did, and when. */
export type TimedAct = BreakerAct & { atMs: number; dependency: number };

/** The dispatcher's duties that govern flow: promotion with budgets, breakers with backoff multipliers, counts of what waits. */
export class SimulatedDispatcher {
  readonly #parts: DispatcherParts;
  readonly #kept: Kept[];
  readonly #gauge = new BackoffGauge();
  #waiting: Backlog[] = [];
  #calledAtMs = 0;
  readonly acts: TimedAct[] = [];
  /** Every setting of a controller as it was told: what a claim may start a second, or how far backoffs are stretched. */
  readonly moves: { atMs: number; controller: string; value: number }[] = [];

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    const { layout, time, random } = parts;
    this.#kept = layout.dependencies.map(() => ({
      state: newBreaker(time.nowMs),
      gate: null,
      multiplier: 1,
    }));
    time.after(random() * promoteEveryMs, () => time.repeat(() => this.#promote()));
    if (layout.dependencies.length === 0) return;
    time.after(random() * countEveryMs, () => time.repeat(() => this.#countWaiting()));
    time.after(random() * tickMs, () => time.repeat(() => this.#tick()));
  }

  #promote(): number {
    const { moved, deferred, nextInMs } = this.#parts.queue.promote(promoteBatch);
    if (moved > 0) this.#parts.onReady();
    if (moved + deferred >= promoteBatch) return 1;
    return Math.min(promoteEveryMs, Math.max(1, nextInMs ?? promoteEveryMs));
  }

  #countWaiting(): number {
    const { layout, queue } = this.#parts;
    this.#waiting = layout.dependencies.map(() => ({ waiting: 0, budgetMs: null }));
    for (const [lane, { dependencies }] of layout.lanes.entries()) {
      if (dependencies.length === 0) continue;
      for (const rank of priorityClasses.keys()) {
        const waiting = queue.countReady(lane, rank);
        if (waiting === 0) continue;
        const { budgetMs } = layout.priority.classes[priorityAt(rank)];
        for (const each of dependencies) {
          const backlog = this.#waiting[each] as Backlog;
          backlog.waiting += waiting;
          backlog.budgetMs = Math.min(backlog.budgetMs ?? Number.POSITIVE_INFINITY, budgetMs);
        }
      }
    }
    return countEveryMs;
  }

  #tick(): number {
    const { queue, time } = this.#parts;
    const reports = queue.readReports();
    if (reports.length > 0) this.#calledAtMs = time.nowMs;
    for (const dependency of this.#kept.keys()) this.#advance(dependency, reports);
    const isIdle = time.nowMs - this.#calledAtMs > idleAfterMs;
    return isIdle && this.#kept.every(({ gate }) => gate === null || gate.state === "closed")
      ? idleTickMs
      : tickMs;
  }

  #advance(dependency: number, reports: readonly Report[]): void {
    const { layout, queue, time, random, onReady } = this.#parts;
    const { nowMs } = time;
    const before = this.#kept[dependency] as Kept;
    const settings = layout.dependencies[dependency]?.settings;
    const outcomes = reports.filter((each) => each.dependency === dependency).map((each) => each.outcomes);
    const isQuiet = before.gate?.state === "closed" && before.gate.ratePerSecond === null;
    if (settings === undefined || (outcomes.length === 0 && isQuiet)) return;
    const backlog = this.#waiting[dependency] ?? { waiting: 0, budgetMs: null };
    const facts = { nowMs, outcomes, waiting: backlog.waiting, settings, random, forced: null };
    const { state, gate, acts } = advanceBreaker(before.state, facts);
    for (const act of acts) this.acts.push({ ...act, atMs: nowMs, dependency });
    let { multiplier } = before;
    if (gate.state === "closed") {
      const told = outcomes.map((each) => ({ ...each, id: "", dependencyId: dependency, durations: null }));
      multiplier = this.#gauge.advance(dependency, told, backlog, settings.multiplier, nowMs).value;
    }
    this.#kept[dependency] = { state, gate, multiplier };
    const moved =
      before.gate === null ||
      before.multiplier !== multiplier ||
      (["state", "untilMs", "burst", "ratePerSecond", "slowMs"] as const).some(
        (key) => before.gate?.[key] !== gate[key],
      );
    if (!moved && gate.permits === 0) return;
    this.#note(`rate of ${dependency}`, gate.ratePerSecond ?? Number.POSITIVE_INFINITY);
    this.#note(`multiplier of ${dependency}`, multiplier);
    time.after(writeMs, () => {
      queue.setGate(dependency, gate, multiplier);
      onReady();
    });
  }

  #note(controller: string, value: number): void {
    const last = this.moves.findLast((move) => move.controller === controller);
    if (last?.value !== value) this.moves.push({ atMs: this.#parts.time.nowMs, controller, value });
  }
}

/** How often a controller turned round from `fromMs` on: went up after it had gone down, or the other way. */
export function countReversals(moves: SimulatedDispatcher["moves"], fromMs: number): number {
  let reversals = 0;
  for (const [, of] of Map.groupBy(moves, ({ controller }) => controller)) {
    const turns = of.slice(1).map(({ atMs, value }, at) => ({ atMs, up: value > (of[at]?.value ?? 0) }));
    reversals += turns.filter(
      ({ atMs, up }, at) => at > 0 && atMs >= fromMs && up !== turns[at - 1]?.up,
    ).length;
  }
  return reversals;
}
