import type { Queryable } from "#db/client.ts";
import type { AutomationEvent } from "#server/store/automation/automation-event.ts";
import { diversionsKeptMs } from "#server/store/fallbacks/delete-stale-fallbacks.ts";
import { tellForced, writeForced } from "../dependencies/force-breaker.ts";
import { writeReturned } from "../ejection/return-worker.ts";
import type { Engine } from "../engine.ts";
import { bringBackJobs } from "../fallbacks/bring-back-jobs.ts";
import { lowerJobs } from "../jobs/lower-jobs.ts";

/** Who takes which event back, and why. */
export interface Undoing {
  engine: Engine;
  transaction: Queryable;
  event: AutomationEvent;
  actor: string;
  reason: string;
}

/** How an event is taken back. */
interface UndoAction {
  /** Whether there is still something to take back, as far as this process knows without asking. */
  isOpen(engine: Engine, event: AutomationEvent): boolean;
  /** The writes of it, by the operation that people use; what is returned follows the commit. */
  run(undoing: Undoing): Promise<() => Promise<unknown>>;
}

/** How events are taken back, by the action they name. An action that is not here cannot be taken back in the console. */
export const undoActions: Readonly<Record<string, UndoAction>> = {
  "dependency.force-closed": {
    isOpen: ({ flow }, { objectId }) => {
      const gate = flow.gates.get(objectId);
      return gate !== undefined && gate.forced === null && gate.state !== "closed";
    },
    run: async ({ engine, transaction, event, actor, reason }) => {
      const force = { name: event.objectId, forced: "closed", reason, actor } as const;
      const changed = await writeForced(engine, transaction, force);
      return () => tellForced(engine, force, changed);
    },
  },
  "fallback.bring-back": {
    isOpen: ({ clock }, { atMs }) => clock.nowMs() - atMs < diversionsKeptMs,
    run: async ({ engine, ...undoing }) => {
      const lanes = await bringBackJobs(undoing);
      return async () => engine.wake.send(lanes);
    },
  },
  "jobs.lower": {
    isOpen: () => true,
    run: async ({ engine, ...undoing }) => {
      const lanes = await lowerJobs(undoing);
      return async () => engine.wake.send(lanes);
    },
  },
  "worker.return": {
    isOpen: () => true,
    run: async ({ engine, transaction, event, actor, reason }) => {
      await writeReturned(engine, transaction, { workerId: event.objectId, actor, reason });
      return async () => undefined;
    },
  },
};
