import { sayCount } from "#core/alert/say-count.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import { insertAmendments } from "#server/store/jobs/insert-amendment.ts";
import { insertJobEvents } from "#server/store/jobs/insert-job-event.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { Engine } from "../engine.ts";
import type { Settlement } from "./decide-settlement.ts";

const actor = "dispatcher";
/** Ids that an entry on the feed keeps, for taking it back. */
const mostNamed = 100;

/**
 * Write down which of these jobs their policies raised by a class: on each job, and as one entry for each definition on the
 * feed, from which it can be taken back. Without any it asks nothing.
 */
export async function noteRaised(
  engine: Engine,
  transaction: Queryable,
  settled: readonly Settlement[],
): Promise<void> {
  const raised = settled.flatMap(({ row, raisedFrom }) => (raisedFrom === null ? [] : [{ row, raisedFrom }]));
  if (raised.length === 0) return;
  await insertAmendments(
    transaction,
    raised.map(({ row: { jobId, rank } }) => {
      const reason = `raised to ${priorityAt(rank)} by the policy`;
      return { jobId, payload: null, failuresFrom: null, rank, actor, reason };
    }),
  );
  await insertJobEvents(
    transaction,
    raised.map(({ row: { jobId, rank, placement, failureClass }, raisedFrom }) => {
      const state = placement === "ready" ? ("available" as const) : ("retryable" as const);
      return {
        ...{ jobId, kind: "reprioritised" as const, from: state, to: state, actor },
        because: [`the policy raises jobs that fail by class ${failureClass}, once`],
        data: { priority: priorityAt(rank), before: priorityAt(raisedFrom) },
      };
    }),
  );
  const { lanes } = engine.catalog.current;
  const byKind = Map.groupBy(
    raised,
    ({ row, raisedFrom }) => `${row.lane} ${row.failureClass} ${raisedFrom}`,
  );
  for (const jobs of byKind.values()) {
    const [first] = jobs;
    const definition = first && lanes.get(first.row.lane)?.definition.name;
    if (first === undefined || definition === undefined) continue;
    const [from, to] = [priorityAt(first.raisedFrom), priorityAt(first.row.rank)];
    await recordAutomation(transaction, {
      kind: "jobs-raised",
      objectKind: "definition",
      objectId: definition,
      cause: `${sayCount(jobs.length, "job")} of ${definition} failed by class ${first.row.failureClass}: the policy raises ${jobs.length === 1 ? "it" : "them"} from ${from} to ${to}, once a job`,
      figures: {
        ...{ jobs: jobs.length, from, to, failureClass: first.row.failureClass },
        jobIds: jobs
          .slice(0, mostNamed)
          .map(({ row }) => row.jobId)
          .join(" "),
      },
      undo: { action: "jobs.lower", label: `Give them class ${from} back` },
    });
  }
}
