import type { JobDetailView } from "#server/store/jobs/job-detail-view.ts";
import { formatTable, plain } from "./format-table.ts";

/** A job's story for a person at a terminal: what it is, why it waits, its attempts, its events. */
export function describeJob(job: JobDetailView): string[] {
  return [
    `job ${job.id}: ${job.state}`,
    `  ${job.definition} version ${job.version}, queue ${job.queue}, ${job.priority}, attempt ${job.attempt} of ${job.maxAttempts}`,
    `  submitted ${job.createdAt}, due ${job.runAt}${job.finishedAt === null ? "" : `, ended ${job.finishedAt}`}`,
    ...(job.tags.length > 0 ? [`  tags ${job.tags.map(plain).join(", ")}`] : []),
    ...(job.idempotencyKey === null ? [] : [`  idempotency key ${plain(job.idempotencyKey)}`]),
    ...(job.concurrencyKey === null ? [] : [`  concurrency key ${plain(job.concurrencyKey)}`]),
    ...(job.correlationId === null ? [] : [`  correlation id ${plain(job.correlationId)}`]),
    `  payload ${plain(JSON.stringify(job.payload))}`,
    ...(job.output === null ? [] : [`  output ${plain(JSON.stringify(job.output))}`]),
    ...job.waitingReasons.map(
      ({ binding, text }) => `  waits ${binding ? "because" : "and also because"} ${text}`,
    ),
    ...section(
      "attempts",
      formatTable(
        ["n", "outcome", "started", "ms", "worker", "class", "error", "then"],
        job.attempts.map((attempt) => [
          String(attempt.number),
          attempt.outcome,
          attempt.startedAt,
          attempt.durationMs === null ? "" : String(attempt.durationMs),
          attempt.workerId,
          attempt.class ?? "",
          String((attempt.error as { message?: unknown } | null)?.message ?? "").slice(0, 80),
          attempt.decision === null
            ? ""
            : `${attempt.decision.kind}${attempt.decision.runAt ? ` at ${attempt.decision.runAt}` : ""}`,
        ]),
      ),
    ),
    ...section(
      "events",
      formatTable(
        ["at", "event", "by", "because"],
        job.events.map((event) => [event.at, event.kind, event.actor, event.because.join("; ")]),
      ),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
