import { noSuchJob } from "#server/operations/jobs/parse-job-id.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { toJobDetailView } from "#server/store/jobs/job-detail-view.ts";
import type { Command } from "../command-line/command.ts";
import { describeJob } from "../command-line/describe-job.ts";
import { withEngine } from "../database/with-engine.ts";

export const showJob: Command = {
  usage: "jobs show <id>",
  positionals: { least: 1, most: 1 },
  options: {},
  async run(call) {
    const id = call.positionals[0] ?? "";
    const found = await withEngine(call, (engine) =>
      findJob(engine.pool, id, engine.catalog.current.priority),
    );
    if (found === null) throw noSuchJob(id);
    const job = toJobDetailView(found);
    call.output.result({ job }, () => describeJob(job));
    return 0;
  },
};
