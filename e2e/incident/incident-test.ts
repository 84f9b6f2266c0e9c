import { test as base, expect } from "../console/console-test.ts";
import { type Incident, startIncident } from "./start-incident.ts";

/** The seeded incident may take so long to come about on a busy machine, ms. */
const seedMs = 120_000;

/** A test of the console in the middle of the seeded incident, on a product of its own that all of them share. */
export const test = base.extend<object, { incident: Incident }>({
  incident: [
    async ({ browserName: _ }, use) => {
      const incident = await startIncident();
      await use(incident);
      await incident.stop();
    },
    { scope: "worker", timeout: seedMs },
  ],
  consoleUrl: [async ({ incident }, use) => use(incident.baseUrl), { scope: "worker" }],
  databaseUrl: [async ({ incident }, use) => use(incident.databaseUrl), { scope: "worker" }],
});

export { expect };
