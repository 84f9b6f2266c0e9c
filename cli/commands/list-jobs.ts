import { failureClasses } from "#core/failure/failure-class.ts";
import { jobStates } from "#core/job/job-state.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { toJobView } from "#server/store/jobs/job-view.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";
import type { Command } from "../command-line/command.ts";
import { formatTable } from "../command-line/format-table.ts";
import { readInstant, readWhole, readWord, readWords } from "../command-line/read-option.ts";
import { withEngine } from "../database/with-engine.ts";

const defaultLimit = 50;

export const listJobsCommand: Command = {
  usage: "jobs list",
  positionals: { least: 0, most: 0 },
  options: {
    state: { value: "S", description: `some of ${jobStates.join(", ")}, with commas between` },
    queue: { value: "NAME", description: "of this queue" },
    definition: { value: "NAME", description: "of this definition" },
    priority: { value: "P", description: `some of ${priorityClasses.join(", ")}` },
    tag: { value: "TAG", description: "with this tag" },
    "correlation-id": { value: "ID", description: "with this correlation id" },
    "idempotency-key": { value: "KEY", description: "with this idempotency key" },
    "concurrency-key": { value: "KEY", description: "with this concurrency key" },
    class: { value: "C", description: "whose latest failure is of this class" },
    q: { value: "TEXT", description: "with these words in definition, error or payload, or this id or key" },
    since: { value: "TIME", description: "submitted at or after, ISO 8601" },
    until: { value: "TIME", description: "submitted at or before, ISO 8601" },
    limit: { value: "N", description: `jobs to show, 1 to 200; default ${defaultLimit}` },
    cursor: { value: "C", description: "nextCursor of the page before" },
  },
  async run(call) {
    const filter = {
      states: readWords(call, "state", jobStates),
      queue: call.text("queue"),
      definition: call.text("definition"),
      priorities: readWords(call, "priority", priorityClasses),
      tag: call.text("tag"),
      correlationId: call.text("correlation-id"),
      idempotencyKey: call.text("idempotency-key"),
      concurrencyKey: call.text("concurrency-key"),
      failureClass: readWord(call, "class", failureClasses),
      q: call.text("q"),
      sinceMs: readInstant(call, "since"),
      untilMs: readInstant(call, "until"),
    };
    const limit = readWhole(call, "limit", { from: 1, to: 200 }) ?? defaultLimit;
    const page = await withEngine(call, (engine) =>
      listJobs(engine.pool, filter, { limit, cursor: call.text("cursor") }),
    );
    const jobs = page.jobs.map(toJobView);
    call.output.result({ jobs, nextCursor: page.nextCursor }, () => [
      ...(jobs.length === 0 ? ["no job fits"] : []),
      ...formatTable(
        ["id", "definition", "queue", "priority", "state", "attempt", "submitted", "last error"],
        jobs.map((job) => [
          job.id,
          job.definition,
          job.queue,
          job.priority,
          job.state,
          `${job.attempt}/${job.maxAttempts}`,
          job.createdAt,
          job.lastError === null
            ? ""
            : `${job.lastError.class ?? ""} ${job.lastError.message ?? ""}`.trim().slice(0, 60),
        ]),
      ),
      ...(page.nextCursor === null ? [] : [`more: --cursor ${page.nextCursor}`]),
    ]);
    return 0;
  },
};
