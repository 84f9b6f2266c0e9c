import { admitFairly, fairWindow } from "#core/flow/fair-admission.ts";
import { weightOf } from "#core/flow/key-weights.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { admitParked, type KeyAdmission } from "#server/store/keys/admit-parked.ts";
import { countSlots } from "#server/store/keys/count-slots.ts";
import { type FreedSlots, freeKeySlots } from "#server/store/keys/free-key-slots.ts";
import { type KeyLine, listKeyLines, lockKeyLine, saveKeyLine } from "#server/store/keys/key-line.ts";
import { listParkedKeys, type ParkedKey } from "#server/store/keys/list-parked-keys.ts";
import { parkUnadmitted, type ReadyPlace, slotRunning } from "#server/store/keys/park-unadmitted.ts";
import { forgetKeys, releaseParked } from "#server/store/keys/release-parked.ts";
import { savePasses } from "#server/store/keys/save-passes.ts";
import { listPoolSlots } from "#server/store/workers/list-pool-slots.ts";
import { monotonicMs } from "#server/system/clock.ts";
import type { Engine } from "../engine.ts";
import { limitsKeys } from "./limits-keys.ts";

/** Most jobs, slots and keys looked at in one transaction. */
const batch = { release: 2_000, sweep: 2_000, slots: 2_000, keys: 500, jobsOfKey: 200 };
/** Submits that were under way when the keys began to be limited have put their jobs in line by then, ms. */
const sweepForMs = 2_000;
/** With no queue that limits keys, what such a queue left behind is looked for so often, ms. */
const idleLookMs = 1_000;
/** After work there is soon more: the next look, ms; twice as long each time that there was none. */
const soonMs = 5;
const restMs = 100;

/** Where the looks at a queue go on. */
interface Cursor {
  slots: FreedSlots["after"];
  afterKey: string;
  sweep: ReadyPlace | null;
}

/** What came of a look: the lanes that got work, and whether there is more of it at once. */
interface Look {
  lanes: number[];
  worked: boolean;
  more: boolean;
}

/**
 * Admits jobs with a concurrency key to their queue's line: frees the slots of those that are neither in line nor running
 * any more and gives them to the next of the key, or in a fair queue to the next key in turn. Any number of dispatchers may
 * do it at once; each queue is one's at a time.
 */
export class KeyKeeper {
  readonly #engine: Engine;
  readonly #cursors = new Map<number, Cursor>();
  #waitMs = restMs;
  #lookAtMs = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** One look at every queue that limits its keys, or has. */
  async tick(): Promise<"more" | { inMs: number }> {
    const { claims, catalog } = this.#engine;
    const isIdle = !limitsKeys(catalog.current);
    if (isIdle && monotonicMs() < this.#lookAtMs) return { inMs: restMs };
    const lines = await listKeyLines(claims);
    let [worked, more] = [false, false];
    for (const { queueId } of lines) {
      const look = await inTransaction(claims, (transaction) => this.#look(transaction, queueId));
      if (look.lanes.length > 0) this.#engine.wake.send(new Set(look.lanes));
      worked ||= look.worked;
      more ||= look.more;
    }
    if (isIdle && !worked) this.#lookAtMs = monotonicMs() + idleLookMs;
    this.#waitMs = worked ? soonMs : Math.min(restMs, this.#waitMs * 2);
    return more ? "more" : { inMs: this.#waitMs };
  }

  async #look(transaction: Queryable, queueId: number): Promise<Look> {
    const line = await lockKeyLine(transaction, queueId);
    if (line === null) return { lanes: [], worked: false, more: false };
    if (line.maxRunningPerKey === null && !line.fair) return this.#release(transaction, queueId);
    const cursor = this.#cursors.get(queueId) ?? { slots: null, afterKey: "", sweep: null };
    this.#cursors.set(queueId, cursor);
    const parked = line.swept ? 0 : await this.#sweep(transaction, line, cursor);
    const { freed, after } = await freeKeySlots(transaction, {
      queueId,
      after: cursor.slots,
      limit: batch.slots,
    });
    cursor.slots = after;
    const lanes = await this.#admit(transaction, line, cursor);
    const worked = parked + freed + lanes.length > 0;
    const isPartWay = after !== null || cursor.afterKey !== "" || cursor.sweep !== null;
    return { lanes, worked, more: isPartWay && (worked || cursor.sweep !== null) };
  }

  /** Nothing is limited any more: all that was parked goes in line. */
  async #release(transaction: Queryable, queueId: number): Promise<Look> {
    const lanes = await releaseParked(transaction, queueId, batch.release);
    if (lanes.length === 0) await forgetKeys(transaction, queueId);
    this.#cursors.delete(queueId);
    return { lanes, worked: lanes.length > 0, more: lanes.length >= batch.release };
  }

  /** Of what was in line or running before the keys were limited: slots for what runs, and the rest has to wait its turn. */
  async #sweep(transaction: Queryable, line: KeyLine, cursor: Cursor): Promise<number> {
    const { queueId, lanes } = line;
    await slotRunning(transaction, queueId, lanes);
    const { parked, after } = await parkUnadmitted(transaction, {
      queueId,
      lanes,
      after: cursor.sweep,
      limit: batch.sweep,
    });
    cursor.sweep = after;
    if (after === null && parked === 0 && line.ageMs > sweepForMs)
      await saveKeyLine(transaction, { ...line, swept: true });
    return parked;
  }

  async #admit(transaction: Queryable, line: KeyLine, cursor: Cursor): Promise<number[]> {
    const { queueId, fair } = line;
    const taken = fair ? await countSlots(transaction, queueId) : [];
    const window = fair ? await this.#window(transaction, line.pool) : Number.POSITIVE_INFINITY;
    const places = priorityClasses.map((_, rank) => Math.max(0, window - (taken[rank] ?? 0)));
    if (places.every((free) => free === 0)) return [];
    const depth = Math.min(window, line.maxRunningPerKey ?? window, batch.jobsOfKey);
    const { keys, afterKey } = await listParkedKeys(transaction, {
      ...line,
      afterKey: cursor.afterKey,
      limit: batch.keys,
      depth,
    });
    cursor.afterKey = afterKey;
    const admissions = fair ? await this.#inTurn(transaction, line, keys, places) : underCap(line, keys);
    return admissions.length === 0 ? [] : admitParked(transaction, queueId, { admissions, behindAll: fair });
  }

  /** The most urgent class first; within each the keys by turns, by their weights. */
  async #inTurn(
    transaction: Queryable,
    line: KeyLine,
    keys: readonly ParkedKey[],
    places: readonly number[],
  ): Promise<KeyAdmission[]> {
    const { queueId, bases, weights } = line;
    const rooms = new Map(keys.map((each) => [each.key, roomOf(line, each)]));
    const admissions: KeyAdmission[] = [];
    for (const rank of priorityClasses.keys()) {
      const waiting = keys.flatMap((each) => {
        const { key, passes } = each;
        const count = each.waiting[rank] ?? 0;
        return count === 0
          ? []
          : [
              {
                ...{ key, waiting: count, room: rooms.get(key) ?? 0, pass: passes[rank] ?? null },
                weight: weightOf(weights, key),
              },
            ];
      });
      if (waiting.length === 0) continue;
      const given = admitFairly(waiting, { base: bases[rank] ?? 0, places: places[rank] ?? 0 });
      if (given.admitted.size === 0) continue;
      for (const [key, count] of given.admitted) {
        rooms.set(key, (rooms.get(key) ?? 0) - count);
        admissions.push({ key, rank, count });
      }
      bases[rank] = given.base;
      await savePasses(transaction, { queueId, rank, passes: given.passes, base: given.base });
    }
    if (admissions.length > 0) await saveKeyLine(transaction, line);
    return admissions;
  }

  async #window(transaction: Queryable, pool: string): Promise<number> {
    const slots = (await listPoolSlots(transaction)).filter((worker) => worker.pool === pool);
    return fairWindow(slots.reduce((sum, { concurrency }) => sum + concurrency, 0));
  }
}

/** As many of each key as its cap has room for, the most urgent first. */
function underCap(line: KeyLine, keys: readonly ParkedKey[]): KeyAdmission[] {
  return keys.flatMap((each) => {
    let room = roomOf(line, each);
    return each.waiting.flatMap((waiting, rank) => {
      const count = Math.min(waiting, room);
      room -= count;
      return count > 0 ? [{ key: each.key, rank, count }] : [];
    });
  });
}

function roomOf({ maxRunningPerKey }: KeyLine, { slots }: ParkedKey): number {
  return maxRunningPerKey === null ? Number.POSITIVE_INFINITY : Math.max(0, maxRunningPerKey - slots);
}
