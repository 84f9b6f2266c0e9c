import { scalingSetting } from "#core/capacity/scaling-setting.ts";
import { assessPressure, type PressedLane } from "#core/pressure/assess-pressure.ts";
import { findPressureChanges } from "#core/pressure/find-pressure-changes.ts";
import { type LaneSighting, type LaneWork, learnWork } from "#core/pressure/learn-work.ts";
import { calmSnapshot, type PressureSnapshot } from "#core/pressure/pressure-snapshot.ts";
import type { StorageVerdict } from "#core/pressure/storage-guard.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { readSetting } from "#core/settings/setting.ts";
import { inTransaction } from "#db/transaction.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { countedReady } from "#server/store/metrics/sample-depth.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import type { CountedDepth } from "#server/store/overview/read-latest-depths.ts";
import { countReady } from "#server/store/pressure/count-ready.ts";
import { readLaneEvents } from "#server/store/pressure/read-lane-events.ts";
import { readPressure } from "#server/store/pressure/read-pressure.ts";
import { savePressure } from "#server/store/pressure/save-pressure.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";
import { insertDeliveries } from "#server/store/webhooks/insert-deliveries.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import { scalingMessages } from "./scaling-messages.ts";

/** Counters of a second arrive up to this much later, ms. */
const settleMs = 2_000;
/** A look after a longer absence begins anew, ms. */
const longestGapMs = 60_000;
/** Without a change it is written this often, ms: readers take what is older than 15 s for nothing. */
const saveEveryMs = 1_000;
/** Counting deep queues may take this part of the time. */
const deepShare = 20;

/**
 * Reckons the pressure from each count of depths, and keeps it where every process reads it. What it has learnt of how
 * long jobs take is in its memory alone: whoever takes over the duty learns it again within seconds; the levels and
 * deferrals go on from where they stand in the database.
 */
export class PressureKeeper {
  readonly #engine: Engine;
  #before: PressureSnapshot | null = null;
  #work: ReadonlyMap<number, LaneWork> = new Map();
  #learntUntilMs = 0;
  #savedAtMs = Number.NEGATIVE_INFINITY;
  #deep: ReadonlyMap<string, number> = new Map();
  #deepAgainAtMs = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Reckon from a fresh count; false when the duty was lost meanwhile. */
  async look(duty: Duty, counted: readonly CountedDepth[]): Promise<boolean> {
    const { counters, catalog, clock, wake } = this.#engine;
    const countedAtMs = counted[0]?.atMs;
    if (countedAtMs === undefined) return true;
    const before = this.#before ?? (await this.#readBefore());
    await this.#learn(counted, countedAtMs);
    const storage = (await readPressure(counters, "storage", 0)) as StorageVerdict | null;
    const lanes = this.#lanes();
    const after = assessPressure(before, {
      nowMs: clock.nowMs(),
      countedAtMs,
      lanes,
      lines: counted,
      groups: await readFleet(counters),
      work: this.#work,
      settings: catalog.current.priority,
      scaling: readSetting(scalingSetting, (await findSetting(counters, scalingSetting.key))?.value),
      storage: storage ?? calmSnapshot.storage,
      deepDepths: await this.#countDeep(lanes, counted),
    });
    const changes = findPressureChanges(before, after);
    const isDue = monotonicMs() - this.#savedAtMs >= saveEveryMs;
    if (changes.length > 0 || isDue) {
      const held = await inTransaction(counters, async (transaction) => {
        if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
        await savePressure(transaction, "levels", {
          atMs: countedAtMs,
          body: after,
          tell: changes.length > 0,
        });
        for (const change of changes) await recordAutomation(transaction, change);
        await insertDeliveries(transaction, scalingMessages(before, after));
        return true;
      });
      if (!held) {
        this.#before = null;
        return false;
      }
      this.#savedAtMs = monotonicMs();
    }
    this.#before = after;
    // Workers asleep since there was nothing for them but what was kept back hear that it may start.
    const ended = after.crews.filter(
      (crew) =>
        crew.deferral.deferral === null &&
        before.crews.some((was) => was.key === crew.key && was.deferral.deferral !== null),
    );
    wake.send(ended.flatMap((crew) => crew.lanes));
    return true;
  }

  async #readBefore(): Promise<PressureSnapshot> {
    const kept = (await readPressure(this.#engine.counters, "levels", 0)) as PressureSnapshot | null;
    return kept ?? calmSnapshot;
  }

  /** Take in the seconds that have settled since the last look. */
  async #learn(counted: readonly CountedDepth[], countedAtMs: number): Promise<void> {
    const untilMs = Math.floor((countedAtMs - settleMs) / 1_000) * 1_000;
    const elapsedMs = untilMs - this.#learntUntilMs;
    if (elapsedMs <= 0) return;
    const isNew = elapsedMs > longestGapMs;
    const fromMs = isNew ? untilMs - 1_000 : this.#learntUntilMs;
    const events = await readLaneEvents(this.#engine.counters, fromMs, untilMs);
    const seen = new Map<number, LaneSighting & { submitted: number[] }>();
    const of = (lane: number) => {
      const known = seen.get(lane) ?? { running: 0, ended: 0, submitted: priorityClasses.map(() => 0) };
      seen.set(lane, known);
      return known;
    };
    for (const { lane, running } of counted) if (lane !== 0) of(lane).running += running;
    for (const { lane, rank, submitted, ended } of events) {
      const sighting = of(lane);
      sighting.ended += ended;
      sighting.submitted[rank] = (sighting.submitted[rank] ?? 0) + submitted;
    }
    this.#work = learnWork(isNew ? new Map() : this.#work, seen, untilMs - fromMs);
    this.#learntUntilMs = untilMs;
  }

  #lanes(): PressedLane[] {
    const { catalog, flow } = this.#engine;
    return [...catalog.current.lanes.values()].map((lane): PressedLane => {
      const { queue, definition } = lane;
      const { rateLimit } = queue;
      const ofQueue = rateLimit === null ? null : (rateLimit.count * 1_000) / rateLimit.perMs;
      // Probes come and go: a lane that only they pass is as good as shut, or levels would turn with each.
      const ofDependencies = flow.rateOf(lane);
      const rates = [ofQueue, ofDependencies].filter((rate) => rate !== null);
      return {
        id: lane.id,
        definition: definition.name,
        pool: queue.pool,
        callsTarget: definition.spec.target.kind === "http",
        queue: queue.name,
        isOpen: !queue.paused && !definition.paused && ofDependencies !== 0,
        ratePerSecond: rates.length === 0 ? null : Math.min(...rates),
        maxRunning: queue.maxRunning,
        hasThresholds: queue.thresholds !== null,
      };
    });
  }

  /** Depths of queues whose threshold is beyond what the sample counts one by one; paced by what counting takes. */
  async #countDeep(
    lanes: readonly PressedLane[],
    counted: readonly CountedDepth[],
  ): Promise<ReadonlyMap<string, number>> {
    const startedAtMs = monotonicMs();
    if (startedAtMs < this.#deepAgainAtMs) return this.#deep;
    const full = new Set(counted.filter((row) => row.available >= countedReady).map((row) => row.lane));
    const deep = new Map<string, number>();
    for (const queue of this.#engine.catalog.current.queues.values()) {
      const most = queue.thresholds?.maxDepth ?? 0;
      const own = lanes.filter((lane) => lane.queue === queue.name).map((lane) => lane.id);
      if (most <= countedReady || !own.some((lane) => full.has(lane))) continue;
      deep.set(queue.name, await countReady(this.#engine.counters, own, most));
    }
    this.#deep = deep;
    this.#deepAgainAtMs = startedAtMs + (monotonicMs() - startedAtMs) * deepShare;
    return deep;
  }
}
