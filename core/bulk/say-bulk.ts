import type { JobFilter } from "../query/job-filter.ts";
import { sayFilter } from "../query/say-filter.ts";
import type { BulkAct } from "./bulk-action.ts";

/** What the jobs of an operation are: those of a filter, chosen ones, or those another operation took out. */
export type BulkSource =
  | { kind: "filter"; filter: JobFilter }
  | { kind: "ids" }
  | { kind: "operation"; id: string };

const verbs: Record<BulkAct["action"], string> = {
  retry: "Retry",
  cancel: "Cancel",
  reprioritise: "Give",
  move: "Move",
  discard: "Discard",
  restore: "Put back",
};

const count = new Intl.NumberFormat("en");

/**
 * An operation in one sentence: 'Retry 2,104 dead jobs of queue billing whose error is ECONNRESET', 'Move 3 chosen jobs
 * to queue slow'. `matched` null leaves the figure out.
 */
export function sayBulk(act: BulkAct, source: BulkSource, matched: number | null): string {
  const figure = matched === null ? "" : `${count.format(matched)} `;
  const jobs = matched === 1 ? "job" : "jobs";
  const what = `${figure}${named(source, jobs)}`;
  const rest =
    act.action === "move"
      ? ` to queue ${act.queue}`
      : act.action === "reprioritise"
        ? ` the priority ${act.priority}`
        : "";
  return `${verbs[act.action]} ${what}${rest}`;
}

function named(source: BulkSource, jobs: string): string {
  if (source.kind === "ids") return `chosen ${jobs}`;
  if (source.kind === "operation") return `${jobs} of bulk operation ${source.id}`;
  return sayFilter(source.filter).replace(/\bjobs\b/, jobs);
}
