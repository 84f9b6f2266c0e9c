import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import type { Command } from "../command-line/command.ts";
import { answerWithJob } from "../database/answer-with-job.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

export const cancelJobCommand: Command = {
  usage: "jobs cancel <id>",
  positionals: { least: 1, most: 1 },
  options: { reason: { value: "TEXT", description: "why, for the job's timeline and the audit" } },
  run(call) {
    return withEngine<0>(call, async (engine) => {
      const jobId = call.positionals[0] ?? "";
      const { state } = await cancelJob(engine, {
        jobId,
        reason: call.text("reason") ?? null,
        actor: cliActor,
      });
      return answerWithJob(engine, jobId, call.output, (job) =>
        state === "cancelled"
          ? `job ${job.id} is cancelled`
          : `job ${job.id} is running: its worker was asked to stop, and whichever comes first, its end or the cancel, stands`,
      );
    });
  },
};
