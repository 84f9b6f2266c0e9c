import { submitSchema } from "#core/definition/submit.ts";
import { SignalboxError } from "#core/error.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { validationError } from "#core/validation-error.ts";
import { enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { toJobView } from "#server/store/jobs/job-view.ts";
import type { Command } from "../command-line/command.ts";
import { readInstant, readJson, readWord } from "../command-line/read-option.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

export const enqueue: Command = {
  usage: "enqueue <definition> --payload JSON",
  positionals: { least: 1, most: 1 },
  options: {
    payload: { value: "JSON", description: "what the handler gets; any JSON value" },
    priority: { value: "P", description: `${priorityClasses.join(", ")}; default: the definition's` },
    "run-at": { value: "TIME", description: "not before, ISO 8601 with Z or an offset; default: now" },
    "idempotency-key": {
      value: "KEY",
      description: "one job for definition and key; a repeat answers with the first",
    },
    "concurrency-key": {
      value: "KEY",
      description: "of jobs with one key only so many run at once as the queue lets; a tenant, as a rule",
    },
    tag: { value: "TAG", many: true, description: "a word to find it by" },
  },
  async run(call) {
    const payload = readJson(call, "payload");
    if (payload === undefined)
      throw new UsageError("--payload is missing: any JSON value, as --payload '{}'");
    const runAtMs = readInstant(call, "run-at");
    const tags = call.texts("tag");
    const parsed = submitSchema.safeParse({
      definition: call.positionals[0],
      payload,
      priority: readWord(call, "priority", priorityClasses),
      runAt: runAtMs === undefined ? undefined : new Date(runAtMs).toISOString(),
      idempotencyKey: call.text("idempotency-key"),
      concurrencyKey: call.text("concurrency-key"),
      tags: tags.length > 0 ? tags : undefined,
    });
    if (!parsed.success) throw validationError(parsed.error, "the job");
    return withEngine<0>(call, async (engine) => {
      const [result] = await enqueueJobs(engine, [parsed.data], { actor: cliActor });
      if (!result?.ok) throw result?.error ?? new SignalboxError("internal", "the submit had no result");
      const found = await findJob(engine.pool, result.id, engine.catalog.current.priority);
      if (found === null)
        throw new SignalboxError("internal", `job ${result.id} was submitted but cannot be read`);
      const job = toJobView(found.job);
      call.output.result(result.deduplicated ? { job, deduplicated: true } : { job }, () => [
        result.deduplicated
          ? `job ${job.id} had been submitted with this idempotency key before (${job.state})`
          : `submitted job ${job.id} to queue ${job.queue} (${job.state})`,
      ]);
      return 0;
    });
  },
};
