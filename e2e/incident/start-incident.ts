import { openPool, type Pool } from "#db/client.ts";
import { createProducer, type JobToEnqueue, SignalboxError } from "#sdk/index.ts";
import { callProcedure } from "../console/call-procedure.ts";
import { signInVisitor, type Visitor } from "../console/sign-in-visitor.ts";
import { type RunningProduct, startProduct } from "../testing/start-product.ts";
import { until } from "../testing/until.ts";
import { type PaymentsService, startPaymentsService } from "./payments-service.ts";

/** A product in the middle of an incident. */
export interface Incident extends Omit<RunningProduct, "stop"> {
  payments: PaymentsService;
  database: Pool;
  /** Who paused, edited and retried before the test came. */
  operator: Visitor;
  /** What the operator gave as reasons. */
  reasons: typeof reasons;
  /** The job that hangs. */
  stuckJobId: string;
  /** The operator's retry of a few dead jobs, which failed again. */
  retryId: string;
  /** Submits charges beside those that come by themselves. */
  charge(count: number): Promise<void>;
  stop(): Promise<void>;
}

const reasons = {
  pause: "the warehouse is being moved",
  policy: "give payments more time",
  retry: "is it back?",
};
/** Dies of a second failure. */
const hastyPolicy = { law: { kind: "constant", delayMs: 500 }, jitter: "none", maxAttempts: 2 };
/** Waits long enough that the jobs of the incident are still there when the last question is asked. */
const patientPolicy = {
  law: { kind: "exponential", baseMs: 120_000, factor: 1.5, capMs: 240_000 },
  jitter: "equal",
  maxAttempts: 6,
};
const [heldRows, deadCharges, waitingCharges] = [10_800, 70, 1_200];
/** Work that goes on coming: so many of each, so often. */
const [comingCharges, comingMails, comingEveryMs] = [2, 4, 500];
/** Beyond the bound from which an attempt of unknown usual length counts as stuck. */
const stuckMs = 420_000;

/**
 * The seeded incident on a product of its own: the payments service answered and now answers 503, about 12,000 jobs
 * wait, the queue imports is paused by an operator who also wrote the policy anew and retried a few dead charges in vain,
 * and a report hangs. Every failed attempt is a real one; only the age of the stuck one is made up.
 */
export async function startIncident(): Promise<Incident> {
  const payments = await startPaymentsService();
  const closing: (() => Promise<void>)[] = [payments.stop];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return await seed(payments, closing, stop);
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function seed(
  payments: PaymentsService,
  closing: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Incident> {
  let operator: Visitor | null = null;
  const acts = async (baseUrl: string, name: string, input: unknown) => {
    if (!operator) throw new Error("nobody is signed in yet");
    const answer = await callProcedure({ baseUrl, visitor: operator }, name, input);
    if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { result: { data: Record<string, unknown> } };
  };
  const product = await startProduct({
    workerModule: "e2e/incident/incident-jobs.ts",
    workerEnvironment: { PAYMENTS_URL: payments.url },
    beforeWorker: async (place) => {
      operator = await signInVisitor(place, "operator");
      const first = { name: "incident", policy: hastyPolicy, expectedVersion: 0, reason: "" };
      await acts(place.baseUrl, "policies.put", first);
    },
  });
  closing.push(product.stop);
  const { baseUrl, databaseUrl } = product;
  const database = openPool({ connectionString: databaseUrl, max: 2, applicationName: "signalbox incident" });
  closing.push(() => database.end());
  const producer = await createProducer({ connectionString: databaseUrl, name: "shop" });
  closing.push(() => producer.close());
  const submit = async (jobs: readonly JobToEnqueue[]) => {
    const results = await producer.enqueueMany(jobs);
    return results.map((result) => {
      if (result instanceof SignalboxError) throw result;
      return result.id;
    });
  };
  const counted = async (text: string, values: unknown[] = []) => {
    const { rows } = await database.query(`select count(*)::int as count from signalbox.${text}`, values);
    return (rows[0] as { count: number }).count;
  };

  // A day like any other, of which the run times are known.
  const [stuckJobId = ""] = await submit([{ definition: "render-report", payload: { report: "year-end" } }]);
  const held = "leases where $1::bigint = any(ids)";
  await until("the report runs", async () => (await counted(held, [stuckJobId])) > 0);
  await database.query(
    "update signalbox.leases set claimed_at_ms = claimed_at_ms - $2 where $1::bigint = any(ids)",
    [stuckJobId, stuckMs],
  );
  const usual = [...rowJobs(300), ...chargeJobs(60), ...mailJobs(60)];
  await submit(usual);
  await until("the usual work is done", async () => (await counted("completed")) === usual.length);

  // The queue is paused for a reason of its own.
  await acts(baseUrl, "queues.change", { name: "imports", change: { paused: true }, reason: reasons.pause });
  await submit(rowJobs(heldRows));

  // The service goes down.
  payments.setDown(true);
  await submit(chargeJobs(deadCharges));
  await until("the first charges are dead", async () => (await counted("dead")) === deadCharges);
  await acts(baseUrl, "policies.put", {
    name: "incident",
    policy: patientPolicy,
    expectedVersion: 1,
    reason: reasons.policy,
  });
  const { rows: dead } = await database.query("select id from signalbox.dead order by id limit 12");
  const retried = await acts(baseUrl, "bulk.start", {
    act: { action: "retry" },
    ids: dead.map(({ id }) => String(id)),
    reason: reasons.retry,
  });
  const retryId = String(retried.result.data.operationId);
  await submit(chargeJobs(waitingCharges));
  const coming = setInterval(() => {
    void submit([...chargeJobs(comingCharges), ...mailJobs(comingMails)]).catch(() => undefined);
  }, comingEveryMs);
  closing.push(async () => clearInterval(coming));

  await until("the retry has halted", async () => {
    return (await counted("bulk_operations where id = $1 and state = 'halted'", [retryId])) === 1;
  });
  await until("the incident is assessed", async () => {
    const { rows } = await database.query("select body from signalbox.attention");
    const body = rows[0]?.body as { incidents: { attempts: number }[]; stuck: unknown[] } | undefined;
    return (
      body !== undefined && body.stuck.length === 1 && (body.incidents[0]?.attempts ?? 0) > waitingCharges
    );
  });
  if (!operator) throw new Error("nobody is signed in");
  return {
    ...{ baseUrl, databaseUrl, payments, database, operator, reasons, stuckJobId, retryId, stop },
    charge: async (count) => void (await submit(chargeJobs(count))),
  };
}

const chargeJobs = (count: number): JobToEnqueue[] =>
  Array.from({ length: count }, (_, index) => ({
    definition: "charge-card",
    payload: { order: `o-${index}`, plan: index % 3 === 0 ? "pro" : "free" },
  }));
const mailJobs = (count: number): JobToEnqueue[] =>
  Array.from({ length: count }, () => ({ definition: "send-mail", payload: { to: "ann@example.test" } }));
const rowJobs = (count: number): JobToEnqueue[] =>
  Array.from({ length: count }, (_, row) => ({ definition: "import-row", payload: { row } }));
