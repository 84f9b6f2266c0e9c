import { alertsRouter } from "./routers/alerts.ts";
import { auditRouter } from "./routers/audit.ts";
import { automationRouter } from "./routers/automation.ts";
import { bulkRouter } from "./routers/bulk.ts";
import { definitionsRouter } from "./routers/definitions.ts";
import { dependenciesRouter } from "./routers/dependencies.ts";
import { exploreRouter } from "./routers/explore.ts";
import { failuresRouter } from "./routers/failures.ts";
import { jobsRouter } from "./routers/jobs.ts";
import { liveRouter } from "./routers/live.ts";
import { overviewRouter } from "./routers/overview.ts";
import { peopleRouter } from "./routers/people.ts";
import { policiesRouter } from "./routers/policies.ts";
import { pressureRouter } from "./routers/pressure.ts";
import { prioritiesRouter } from "./routers/priorities.ts";
import { queuesRouter } from "./routers/queues.ts";
import { redactionRouter } from "./routers/redaction.ts";
import { rulesRouter } from "./routers/rules.ts";
import { sessionRouter } from "./routers/session.ts";
import { settingsRouter } from "./routers/settings.ts";
import { tokensRouter } from "./routers/tokens.ts";
import { webhooksRouter } from "./routers/webhooks.ts";
import { workersRouter } from "./routers/workers.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** Every procedure of the console. */
export const appRouter = router({
  audit: auditRouter,
  settings: settingsRouter,
  session: sessionRouter,
  redaction: redactionRouter,
  people: peopleRouter,
  tokens: tokensRouter,
  live: liveRouter,
  overview: overviewRouter,
  queues: queuesRouter,
  jobs: jobsRouter,
  bulk: bulkRouter,
  explore: exploreRouter,
  workers: workersRouter,
  dependencies: dependenciesRouter,
  automation: automationRouter,
  alerts: alertsRouter,
  webhooks: webhooksRouter,
  failures: failuresRouter,
  rules: rulesRouter,
  policies: policiesRouter,
  definitions: definitionsRouter,
  priorities: prioritiesRouter,
  pressure: pressureRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures in this process, without HTTP. */
export const createCaller = createCallerFactory(appRouter);
