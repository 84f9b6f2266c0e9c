import { alternateOf, cachedForMs } from "#core/definition/fallback.ts";
import { alternateLine, findFallbackBar, keptForProbes } from "#core/flow/fallback-bar.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { lockAutomationEvent } from "#server/store/automation/lock-automation-event.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import type { FallbackRow, FallbackWalk } from "#server/store/fallbacks/fallback-row.ts";
import { listFallbacks } from "#server/store/fallbacks/list-fallbacks.ts";
import { lockHeldJobs } from "#server/store/fallbacks/lock-held-jobs.ts";
import { saveFallback } from "#server/store/fallbacks/save-fallback.ts";
import { countInLine } from "#server/store/jobs/count-in-line.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import { findAlternate } from "./find-alternate.ts";
import { findHeldDefinitions, type HeldDefinition } from "./find-held-definitions.ts";
import { type Batch, takeOver } from "./take-over.ts";

/** Jobs of a definition that are looked at in one transaction. */
const batchSize = 250;
/** A lane that was looked through is looked through again after so long, ms: for what somebody had in hand the first time. */
const walkAgainMs = 30_000;

/**
 * Let the fallbacks of definitions that a breaker holds take over what waits, a batch each. What an alternate cannot do
 * soon, or does not fit, stays held; so do the last few jobs, which probe the dependency. Answers `more` while there may be
 * another batch to take.
 */
export async function runFallbacks(engine: Engine, duty: Duty): Promise<"more" | "done"> {
  const held = findHeldDefinitions(engine.catalog.current, engine.flow);
  const known = await listFallbacks(engine.pool);
  const isHeld = new Set(held.map(({ definition }) => definition.id));
  const over = known.filter((row) => row.endedMs === null && !isHeld.has(row.definitionId));
  let took = 0;
  for (const { undoneBy: _, ...row } of over) await end(engine, duty, row);
  for (const each of held) {
    try {
      took += await runOne(engine, duty, each);
    } catch (error) {
      // One that cannot be carried out must not keep the others from theirs.
      engine.log.warn(
        { definition: each.definition.name, error: String(error) },
        "a fallback could not take over; trying again",
      );
    }
  }
  return took > 0 ? "more" : "done";
}

async function end(engine: Engine, duty: Duty, row: FallbackRow): Promise<void> {
  await inTransaction(engine.pool, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return;
    await saveFallback(transaction, { ...row, endedMs: Math.round(engine.clock.nowMs()), bar: null });
  });
}

/** Returns how many jobs the fallback took over. */
async function runOne(engine: Engine, duty: Duty, held: HeldDefinition): Promise<number> {
  const done = await inTransaction(engine.pool, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return null;
    const before = await findRow(transaction, held);
    const row = rowOfNow(engine, held, before);
    // The event is locked before anything else, as who takes it back does.
    const event = row.eventId === null ? null : await lockAutomationEvent(transaction, row.eventId);
    if (event?.undoneBy) return null;
    const batch = await lookFor(engine, transaction, held, row);
    const told =
      typeof batch === "string"
        ? { took: 0, row: { ...row, bar: batch }, after: () => undefined }
        : await takeOver(engine, transaction, held, row, batch);
    // Most looks of a long outage find what the one before found.
    if (JSON.stringify(told.row) !== JSON.stringify(before)) await saveFallback(transaction, told.row);
    return told;
  });
  done?.after();
  return done?.took ?? 0;
}

async function findRow(db: Queryable, { definition }: HeldDefinition): Promise<FallbackRow | null> {
  const [found] = await listFallbacks(db, [definition.id]);
  if (found === undefined) return null;
  const { undoneBy: _, ...row } = found;
  return row;
}

/** What was noted in this hold by this fallback; a beginning when it is another hold or another fallback. */
function rowOfNow(engine: Engine, held: HeldDefinition, before: FallbackRow | null): FallbackRow {
  const { definition, dependency } = held;
  const { definitions } = engine.catalog.current;
  const alternate = alternateOf(definition.spec);
  const version = alternate === null ? null : definitions.get(alternate)?.version;
  const key = JSON.stringify([definition.spec.fallback, definition.version, version ?? null]);
  const nowMs = Math.round(engine.clock.nowMs());
  const fresh: FallbackWalk = { key, beganAtMs: nowMs, unfit: 0, done: false, places: {} };
  if (before === null || before.endedMs !== null || before.dependency !== dependency) {
    const nothing = { endedMs: null, diverted: 0, answered: 0, unfit: 0, bar: null, eventId: null };
    return { definitionId: definition.id, dependency, sinceMs: nowMs, ...nothing, walk: fresh };
  }
  if (before.walk.key !== key) return { ...before, unfit: 0, eventId: null, walk: fresh };
  const isOld = before.walk.done && nowMs - before.walk.beganAtMs >= walkAgainMs;
  return isOld ? { ...before, walk: fresh } : before;
}

/** The next jobs it may take, locked; or why it takes none now. */
async function lookFor(
  engine: Engine,
  transaction: Queryable,
  held: HeldDefinition,
  row: FallbackRow,
): Promise<Batch | string> {
  const { definition, lanes, isForced } = held;
  const name = alternateOf(definition.spec);
  const alternate = name === null ? null : await findAlternate(engine, transaction, held, name);
  const bar = alternate === null ? null : findFallbackBar(alternate.facts);
  if (bar !== null) return bar;
  const kept = isForced ? 0 : keptForProbes;
  const laneIds = lanes.map(({ id }) => id);
  const waiting = await countInLine(transaction, laneIds, kept + batchSize);
  const room = alternate === null ? batchSize : alternateLine - alternate.facts.waiting;
  const most = Math.min(batchSize, room, waiting - kept);
  if (waiting > 0 && most <= 0)
    return `the last ${kept} that wait are kept for trying ${held.dependency} again`;
  const maxAgeMs = cachedForMs(definition.spec);
  const cached = maxAgeMs === null ? null : { definitionId: definition.id, maxAgeMs };
  const jobs: Batch["jobs"] = [];
  let isEnd = true;
  for (const lane of laneIds) {
    const limit = most - jobs.length;
    if (limit <= 0) {
      isEnd = false;
      break;
    }
    const places = everyRank.map((rank) => row.walk.places[`${lane} ${rank}`] ?? beginning);
    const found = await lockHeldJobs(transaction, { lane, places, limit, cached });
    jobs.push(...found);
    if (found.length >= limit) isEnd = false;
  }
  return { to: alternate?.lane ?? null, jobs, isEnd };
}

const everyRank = [0, 1, 2, 3, 4];
const beginning = { runAtMs: Number.MIN_SAFE_INTEGER, id: "0" };
