import { isWorkedOff } from "#server/store/queues/is-worked-off.ts";
import type { Engine } from "../engine.ts";
import { patchQueue } from "./patch-queue.ts";

/** Who acts when nobody does, as it stands in the audit trail. */
const actor = "dispatcher";

/**
 * Do what queues were told to do by themselves: end a pause whose time is over, and pause a draining queue that has
 * been worked off. The catalogue in memory says which; the guard is asked again under the lock, so any number of
 * dispatchers may call this. Returns the names of the queues that changed.
 */
export async function advanceQueues(engine: Engine): Promise<string[]> {
  const { current } = engine.catalog;
  const nowMs = engine.clock.nowMs();
  const changed: string[] = [];
  for (const { id, name, pausedUntilMs, drainingSinceMs } of current.queues.values()) {
    if (pausedUntilMs !== null && pausedUntilMs <= nowMs) {
      const reason = "the time until which it was paused is over";
      let acted = false;
      await patchQueue(engine, {
        name,
        body: { paused: false, reason },
        actor,
        onlyIf: ({ paused, pausedUntil }) => {
          acted = paused && pausedUntil !== null && Date.parse(pausedUntil) <= nowMs;
          return acted;
        },
      });
      if (acted) changed.push(name);
    }
    if (drainingSinceMs === null) continue;
    const lanes = [...current.lanes.values()].filter((lane) => lane.queue.id === id).map((lane) => lane.id);
    if (!(await isWorkedOff(engine.pool, lanes))) continue;
    const reason = "the drain is over: nothing is left in line, at work or waiting for its retry";
    let acted = false;
    await patchQueue(engine, {
      name,
      body: { draining: false, paused: true, reason },
      actor,
      onlyIf: async ({ drainingSince }, transaction) => {
        acted = drainingSince !== null && (await isWorkedOff(transaction, lanes));
        return acted;
      },
    });
    if (acted) changed.push(name);
  }
  for (const name of changed) engine.log.info({ queue: name }, "a queue moved on by itself");
  return changed;
}
