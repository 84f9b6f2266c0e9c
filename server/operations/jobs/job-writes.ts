import type { Queryable } from "#db/client.ts";
import { type Amendment, insertAmendments } from "#server/store/jobs/insert-amendment.ts";
import { insertJobEvents, type NewJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { type CancelledJob, insertCancelled } from "#server/store/jobs/insert-placement.ts";
import { type PlacedJob, putBackJobs } from "#server/store/jobs/put-back-job.ts";
import {
  type TakeablePlacement,
  type TakenJob,
  takeWaitingJob,
  takeWaitingJobs,
} from "#server/store/jobs/take-waiting-job.ts";
import { routeKeyedJobs } from "./route-keyed-jobs.ts";

/**
 * What the changes of one transaction take out and write. Writes are gathered and go to the database with `flush`, one
 * statement a table however many jobs there are; jobs can be taken out together before their changes ask for them.
 */
export class JobWrites {
  readonly transaction: Queryable;
  #ahead = new Map<string, TakenJob>();
  #stood = new Map<string, TakenJob>();
  /** Jobs that were put elsewhere than their change said, behind others of their concurrency key. */
  readonly #parked = new Set<string>();
  #events: NewJobEvent[] = [];
  #amendments: Amendment[] = [];
  #placed: PlacedJob[] = [];
  #cancelled: CancelledJob[] = [];

  constructor(transaction: Queryable) {
    this.transaction = transaction;
  }

  /** Take these jobs out now; each must be asked for by `take` and put somewhere before the flush. */
  async takeAhead(jobIds: readonly string[], placements: readonly TakeablePlacement[]): Promise<void> {
    this.#ahead = await takeWaitingJobs(this.transaction, jobIds, placements);
  }

  /** Take a job out of the first of the placements it stands in; null when it is in none of them. */
  async take(jobId: string, placements: TakeablePlacement[]): Promise<TakenJob | null> {
    const taken = this.#ahead.get(jobId) ?? (await takeWaitingJob(this.transaction, jobId, placements));
    this.#ahead.delete(jobId);
    if (taken !== null) this.#stood.set(jobId, taken);
    return taken;
  }

  event(event: NewJobEvent): void {
    this.#events.push(event);
  }

  amend(amendment: Amendment): void {
    this.#amendments.push(amendment);
  }

  place(placed: PlacedJob): void {
    this.#placed.push(placed);
  }

  cancel(cancelled: CancelledJob): void {
    this.#cancelled.push(cancelled);
  }

  /** After the flush: whether a job that was to go in line waits for others of its concurrency key instead. */
  isParked(jobId: string): boolean {
    return this.#parked.has(jobId);
  }

  /** Write all that was gathered. Throws when a job that was taken ahead was asked for by nobody: it would be lost. */
  async flush(): Promise<void> {
    if (this.#ahead.size > 0) throw new Error(`${this.#ahead.size} jobs were taken out and put nowhere`);
    if (this.#cancelled.length > 0) await insertCancelled(this.transaction, this.#cancelled);
    if (this.#amendments.length > 0) await insertAmendments(this.transaction, this.#amendments);
    if (this.#placed.length > 0) {
      const placed = await routeKeyedJobs(this.transaction, this.#placed, this.#stood);
      await putBackJobs(this.transaction, placed);
      for (const [index, { jobId, job }] of placed.entries())
        if (job.state === "held" && this.#placed[index]?.job.state === "available") this.#parked.add(jobId);
    }
    const events = this.#events.map((event) =>
      event.from !== "available" && event.to === "available" && this.isParked(event.jobId)
        ? { ...event, to: "held" as const }
        : event,
    );
    if (events.length > 0) await insertJobEvents(this.transaction, events);
    this.#events = [];
    this.#amendments = [];
    this.#placed = [];
    this.#cancelled = [];
    this.#stood.clear();
  }
}
