import { graphileWorker } from "./graphile-worker.ts";

/** Its batch settings as they come: one query a claim and one a completion; concurrency as on its performance page. */
export const system = graphileWorker("graphile-worker-default", 25, { concurrentJobs: 24 });
