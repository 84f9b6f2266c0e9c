import { retryJob } from "#server/operations/jobs/retry-job.ts";
import type { Command } from "../command-line/command.ts";
import { readJson } from "../command-line/read-option.ts";
import { answerWithJob } from "../database/answer-with-job.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

export const retryJobCommand: Command = {
  usage: "jobs retry <id>",
  positionals: { least: 1, most: 1 },
  options: {
    reason: { value: "TEXT", description: "why, for the job's timeline and the audit" },
    payload: { value: "JSON", description: "replaces the payload; the old one is kept" },
  },
  run(call) {
    const payload = readJson(call, "payload");
    return withEngine<0>(call, async (engine) => {
      const jobId = call.positionals[0] ?? "";
      await retryJob(engine, { jobId, reason: call.text("reason") ?? null, payload, actor: cliActor });
      return answerWithJob(engine, jobId, call.output, (job) => `job ${job.id} is ${job.state}`);
    });
  },
};
