import type { Random } from "#core/clock.ts";
import { drawBetween, drawOne, drawPoisson, drawWeighted, drawWhole } from "../draw.ts";
import { arrivalRate } from "./arrival-rate.ts";
import { planArchive, planCatalogue, planCleanup, planDocument, planFeed, planReport } from "./plan-chore.ts";
import { type PlannedOrder, planOrder } from "./plan-order.ts";
import type { PlannedJob } from "./planned-job.ts";

/** The producer plans in steps of this length. */
export const tickMs = 250;

/** What is submitted in one step; `burst` when a burst is part of it. */
export interface ProducerTick {
  elapsedMs: number;
  jobs: PlannedJob[];
  burst: boolean;
}

/** What happens in the shop, how often beside the others, and the jobs it brings on average. */
const eventKinds = [
  { kind: "order", weight: 40, meanJobs: 4.55 },
  { kind: "document", weight: 40, meanJobs: 1 },
  { kind: "archive", weight: 14, meanJobs: 1 },
  { kind: "catalogue", weight: 14, meanJobs: 1 },
  { kind: "feed", weight: 14, meanJobs: 1 },
  { kind: "reminder", weight: 8, meanJobs: 1 },
  { kind: "refund", weight: 4, meanJobs: 2 },
  { kind: "repeat", weight: 3, meanJobs: 1 },
  { kind: "report", weight: 1, meanJobs: 1 },
  { kind: "cleanup", weight: 1, meanJobs: 1 },
] as const;
const meanJobsPerEvent =
  eventKinds.reduce((sum, kind) => sum + kind.weight * kind.meanJobs, 0) /
  eventKinds.reduce((sum, kind) => sum + kind.weight, 0);

/** A burst comes every 60 to 150 s, brings 4 to 12 seconds' worth of mean load, and lasts 1 to 5 s. */
const bursts = {
  gapMs: { low: 60_000, high: 150_000 },
  seconds: { low: 4, high: 12 },
  ticks: { low: 4, high: 20 },
};
const burstShare =
  (bursts.seconds.low + bursts.seconds.high) / ((bursts.gapMs.low + bursts.gapMs.high) / 1_000);

/** How many orders are remembered, and how old one is before it may be refunded. */
const remembered = { orders: 500, refundAfterMs: 60_000 } as const;

/**
 * Everything the producer submits, step by step and without end: orders and chores that arrive by chance
 * around a daily wave, and bursts. The same seed, rate, run and start give the same plan.
 * @param options.ratePerSecond jobs a second on average over whole days of the demo, bursts included
 * @param options.runId goes into every key, so that two runs do not meet each other's idempotency keys
 * @param options.startMs when the run began; reports ask for the hours that follow from it
 */
export function* planJobs(options: {
  ratePerSecond: number;
  random: Random;
  runId: string;
  startMs: number;
}): Generator<ProducerTick, never> {
  const { ratePerSecond, random, runId, startMs } = options;
  const orders: { order: PlannedOrder; elapsedMs: number }[] = [];
  const eventsPerSecond = (ratePerSecond * (1 - burstShare)) / meanJobsPerEvent;
  let made = 0;
  let burst = drawBurst(random, 0, ratePerSecond);

  for (let elapsedMs = 0; ; elapsedMs += tickMs) {
    const jobs: PlannedJob[] = [];
    const events = drawPoisson(random, (arrivalRate(eventsPerSecond, elapsedMs) * tickMs) / 1_000);
    for (let event = 0; event < events; event += 1) jobs.push(...planEvent(elapsedMs));
    const inBurst = elapsedMs >= burst.startMs;
    if (inBurst) jobs.push(...planBurst(burst));
    if (elapsedMs >= burst.endMs) burst = drawBurst(random, burst.startMs, ratePerSecond);
    yield { elapsedMs, jobs, burst: inBurst };
  }

  function nextId(what: string): string {
    made += 1;
    return `${runId}-${what}-${made}`;
  }

  function planEvent(elapsedMs: number): PlannedJob[] {
    const { kind } = drawWeighted(random, eventKinds);
    switch (kind) {
      case "order": {
        const planned = planOrder(random, nextId("order"));
        orders.push({ order: planned.order, elapsedMs });
        if (orders.length > remembered.orders) orders.shift();
        return planned.jobs;
      }
      case "document":
        return [planDocument(random, nextId("document"))];
      case "archive":
        return [planArchive(random, nextId("archive"))];
      case "catalogue":
        return [planCatalogue(random, nextId("catalogue"))];
      case "feed":
        return [planFeed(random, nextId("feed"))];
      case "reminder":
        return planReminder();
      case "refund":
        return planRefund(elapsedMs);
      case "repeat":
        return orders.length === 0 ? [] : [drawOne(random, orders.slice(-20)).order.charge];
      case "report":
        return [planReport(new Date(startMs + elapsedMs).toISOString().slice(0, 13), nextId("report"))];
      case "cleanup":
        return [planCleanup(random, nextId("cleanup"))];
    }
  }

  /** A mail with low priority, one to ten minutes from now. */
  function planReminder(): PlannedJob[] {
    const { order } = planOrder(random, nextId("reminder"));
    return [
      { ...order.mail, priority: "low", delayMs: drawWhole(random, 60, 600) * 1_000, tags: ["reminder"] },
    ];
  }

  function planRefund(elapsedMs: number): PlannedJob[] {
    const old = orders.filter((known) => elapsedMs - known.elapsedMs >= remembered.refundAfterMs);
    if (old.length === 0) return [];
    const { order } = drawOne(random, old);
    const about = { tags: ["shop", "refund"], correlationId: order.orderId };
    const cents = Math.max(1, Math.round(order.amountCents * drawBetween(random, 0.2, 0.6)));
    const key = nextId("refund");
    return [
      {
        job: "refund-charge",
        input: { orderId: order.orderId, amountCents: cents, reason: "returned" },
        idempotencyKey: key,
        ...about,
      },
      {
        job: "send-receipt-mail",
        input: { ...(order.mail.input as object), template: "refund" },
        priority: "normal",
        delayMs: 5_000,
        idempotencyKey: `mail-${key}`,
        ...about,
      },
    ];
  }

  function planBurst({ kind, jobsPerTick }: Burst): PlannedJob[] {
    const correlationId = `${runId}-burst-${kind}`;
    return Array.from({ length: jobsPerTick }, () => {
      const job = planBurstJob(kind);
      return {
        ...job,
        priority: "bulk" as const,
        delayMs: undefined,
        tags: ["burst", ...job.tags],
        correlationId,
      };
    });
  }

  function planBurstJob(kind: Burst["kind"]): PlannedJob {
    if (kind === "campaign") return planOrder(random, nextId("campaign")).order.mail;
    if (kind === "feeds") return planFeed(random, nextId("feed"));
    return planDocument(random, nextId("document"));
  }
}

interface Burst {
  kind: "campaign" | "feeds" | "documents";
  startMs: number;
  endMs: number;
  jobsPerTick: number;
}

function drawBurst(random: Random, afterMs: number, ratePerSecond: number): Burst {
  const startMs =
    afterMs + Math.ceil(drawBetween(random, bursts.gapMs.low, bursts.gapMs.high) / tickMs) * tickMs;
  const jobs = drawBetween(random, bursts.seconds.low, bursts.seconds.high) * ratePerSecond;
  const ticks = Math.min(
    drawWhole(random, bursts.ticks.low, bursts.ticks.high),
    Math.max(1, Math.floor(jobs)),
  );
  return {
    kind: drawOne(random, ["campaign", "feeds", "documents"] as const),
    startMs,
    endMs: startMs + (ticks - 1) * tickMs,
    jobsPerTick: Math.max(1, Math.round(jobs / ticks)),
  };
}
