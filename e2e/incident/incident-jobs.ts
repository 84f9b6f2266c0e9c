import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { DependencyError, defineJob } from "#sdk/index.ts";

/** How long an imported row takes, so that a backlog of them is work. */
const rowMs = 20;

/** Charges by the payments service at `PAYMENTS_URL`, a real server of the test that can be told to fail. */
const chargeCard = defineJob({
  name: "charge-card",
  queue: "billing",
  priority: "critical",
  input: z.object({ order: z.string(), plan: z.enum(["free", "pro"]) }),
  // Its dependency is not declared: an incident that no breaker holds back is a person's to end.
  retryPolicy: "incident",
  owner: "Payments",
  runbookUrl: "https://runbooks.example/payments",
  handler: async ({ order }, { signal }) => {
    const answer = await fetch(`${process.env.PAYMENTS_URL}/charges/${order}`, { method: "POST", signal });
    if (!answer.ok)
      throw new DependencyError("payments-api", { message: `POST /charges answered ${answer.status}` });
    return { charged: true };
  },
});

const sendMail = defineJob({
  name: "send-mail",
  queue: "mail",
  input: z.object({ to: z.string() }),
  handler: ({ to }) => ({ sent: to }),
});

const importRow = defineJob({
  name: "import-row",
  queue: "imports",
  priority: "low",
  input: z.object({ row: z.number() }),
  handler: async ({ row }, { signal }) => {
    await wait(rowMs, null, { signal });
    return { row };
  },
});

/** Hangs until it is told to stop: what a stuck worker looks like from outside. */
const renderReport = defineJob({
  name: "render-report",
  queue: "reports",
  input: z.object({ report: z.string() }),
  timeouts: { attemptMs: 3_600_000 },
  handler: (_input, { signal }) => wait(3_600_000, null, { signal }),
});

/** The jobs of the seeded incident. */
export const jobs = [chargeCard, sendMail, importRow, renderReport];
