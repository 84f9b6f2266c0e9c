import { jobsRouter } from "./routers/jobs.ts";
import { liveRouter } from "./routers/live.ts";
import { overviewRouter } from "./routers/overview.ts";
import { queuesRouter } from "./routers/queues.ts";
import { workersRouter } from "./routers/workers.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** Every procedure of the console. */
export const appRouter = router({
  live: liveRouter,
  overview: overviewRouter,
  queues: queuesRouter,
  jobs: jobsRouter,
  workers: workersRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures in this process, without HTTP. */
export const createCaller = createCallerFactory(appRouter);
