import { sayCount } from "#core/alert/say-count.ts";
import { alternateOf } from "#core/definition/fallback.ts";
import type { Queryable } from "#db/client.ts";
import { updateAutomationEvent } from "#server/store/automation/update-automation-event.ts";
import type { FallbackRow, LookedPlace } from "#server/store/fallbacks/fallback-row.ts";
import type { LockedJob } from "#server/store/fallbacks/lock-held-jobs.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import { SchemaValidator } from "../jobs/schema-validator.ts";
import { answerJobs } from "./answer-jobs.ts";
import { divertJobs } from "./divert-jobs.ts";
import type { HeldDefinition } from "./find-held-definitions.ts";

/** Locked jobs that a fallback looks at. */
export interface Batch {
  /** The lane of the alternate; null where cached results answer. */
  to: Lane | null;
  jobs: LockedJob[];
  /** Whether nothing more waits behind them. */
  isEnd: boolean;
}

/** What became of a batch. */
export interface TakenOver {
  took: number;
  row: FallbackRow;
  /** What follows the commit. */
  after(): void;
}

const validator = new SchemaValidator();

/** Divert or answer what fits of a batch, and say so in the entry on the feed that this hold of the definition has. */
export async function takeOver(
  engine: Engine,
  transaction: Queryable,
  held: HeldDefinition,
  before: FallbackRow,
  { to, jobs, isEnd }: Batch,
): Promise<TakenOver> {
  const fitting = jobs.filter((job) => (to === null ? job.cachedFrom !== null : fits(to, job)));
  const unfit = before.walk.unfit + jobs.length - fitting.length;
  const row: FallbackRow = {
    ...before,
    bar: null,
    diverted: before.diverted + (to === null ? 0 : fitting.length),
    answered: before.answered + (to === null ? fitting.length : 0),
    unfit: isEnd ? unfit : Math.max(before.unfit, unfit),
    walk: { ...before.walk, unfit, done: isEnd, places: { ...before.walk.places, ...placesOf(jobs) } },
  };
  if (fitting.length === 0) return { took: 0, row, after: () => undefined };
  const told = tell(held, row);
  let { eventId } = row;
  if (eventId === null) {
    const undo = { action: "fallback.bring-back", label: "Bring back what still waits" };
    eventId = await recordAutomation(transaction, {
      kind: to === null ? "fallback-answered" : "fallback-diverted",
      objectKind: "definition",
      objectId: held.definition.name,
      ...told,
      undo: to === null ? null : undo,
    });
  } else await updateAutomationEvent(transaction, eventId, told);
  if (to === null) await answerJobs(transaction, { held, jobs: fitting, nowMs: engine.clock.nowMs() });
  else await divertJobs(transaction, { held, to, eventId, jobs: fitting });
  return {
    took: fitting.length,
    row: { ...row, eventId },
    after: () => {
      if (to !== null) engine.wake.send([to.id]);
      else for (const { lane, rank } of fitting) engine.meter.count("completed", lane, rank);
    },
  };
}

function fits(to: Lane, { payload }: LockedJob): boolean {
  return validator.check(to.definition.spec.inputSchema, JSON.parse(payload)).length === 0;
}

/** Where each lane and class was looked at last; the jobs come in the order of their classes. */
function placesOf(jobs: readonly LockedJob[]): Record<string, LookedPlace> {
  return Object.fromEntries(jobs.map(({ lane, rank, runAtMs, id }) => [`${lane} ${rank}`, { runAtMs, id }]));
}

function tell(
  { definition, dependency }: HeldDefinition,
  { diverted, answered, unfit }: FallbackRow,
): { cause: string; figures: Record<string, number | string> } {
  const alternate = alternateOf(definition.spec);
  const left =
    unfit > 0 ? `; ${sayCount(unfit, "job")} did not fit and ${unfit === 1 ? "waits" : "wait"}` : "";
  const while_ = `while the breaker of ${dependency} is open`;
  return alternate === null
    ? {
        cause: `Cached results answered ${sayCount(answered, "job")} of ${definition.name} ${while_}${left}`,
        figures: { dependency, answered, unfit },
      }
    : {
        cause: `${sayCount(diverted, "job")} of ${definition.name} went to ${alternate} ${while_}${left}`,
        figures: { dependency, alternate, diverted, unfit },
      };
}
