import type { Engine } from "../engine.ts";

/**
 * After a gate was changed by hand: this process reads the gates again, and workers asleep hear that jobs which need
 * `opened` may start; null when nothing may start that could not before.
 */
export async function showGates(engine: Engine, opened: string | null): Promise<void> {
  try {
    await engine.flow.check();
  } catch (error) {
    // The change is committed whatever happens to this read; the cache asks again each second.
    engine.log.warn({ error: String(error) }, "reading the gates after a change failed; trying again");
  }
  if (opened === null) return;
  const lanes = [...engine.catalog.current.lanes.values()];
  const freed = lanes.filter(({ dependencies }) => dependencies.some(({ name }) => name === opened));
  engine.wake.send(freed.map(({ id }) => id));
}
