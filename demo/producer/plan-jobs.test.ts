import { describe, expect, test } from "vitest";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import { seededRandom } from "#core/random.ts";
import { jobs } from "../worker-module.ts";
import { arrivalRate, demoDayMs } from "./arrival-rate.ts";
import { type ProducerTick, planJobs } from "./plan-jobs.ts";
import type { PlannedJob } from "./planned-job.ts";

const definitions = new Map(jobs.map(({ name, input, body }) => [name, { input, priority: body.priority }]));

function plan(options: { seed?: number; days: number; ratePerSecond?: number }): ProducerTick[] {
  const { seed = 1, days, ratePerSecond = 20 } = options;
  const ticks: ProducerTick[] = [];
  const random = seededRandom(seed);
  for (const tick of planJobs({ ratePerSecond, random, runId: "test", startMs: 1_700_000_000_000 })) {
    if (tick.elapsedMs >= days * demoDayMs) return ticks;
    ticks.push(tick);
  }
  return ticks;
}
const allJobs = (ticks: ProducerTick[]): PlannedJob[] => ticks.flatMap((tick) => tick.jobs);
const classOf = (job: PlannedJob): PriorityClass =>
  job.priority ?? (definitions.get(job.job)?.priority as PriorityClass);

const someDays = plan({ days: 4 });

describe("the producer's plan", () => {
  test("the same seed gives the same plan, another seed another one", () => {
    expect(plan({ days: 0.1 })).toEqual(plan({ days: 0.1 }));
    expect(plan({ days: 0.1 })).not.toEqual(plan({ days: 0.1, seed: 2 }));
  });

  test("over whole days it submits the jobs a second that were asked for, bursts included", () => {
    const quiet = plan({ days: 8, ratePerSecond: 4 });
    for (const [ticks, asked] of [
      [quiet, 8 * 600 * 4],
      [someDays, 4 * 600 * 20],
    ] as const) {
      const share = allJobs(ticks).length / asked;
      expect(share).toBeGreaterThan(0.94);
      expect(share).toBeLessThan(1.06);
    }
  });

  test("its rate goes in waves: the first half of the day brings about twice the second", () => {
    const isFirstHalf = (tick: ProducerTick) => tick.elapsedMs % demoDayMs < demoDayMs / 2;
    const calm = someDays.filter((tick) => !tick.burst);
    const first = allJobs(calm.filter(isFirstHalf)).length;
    const second = allJobs(calm.filter((tick) => !isFirstHalf(tick))).length;
    expect(first / second).toBeGreaterThan(1.6);
    expect(first / second).toBeLessThan(2.3);
    expect(arrivalRate(20, demoDayMs / 4)).toBeCloseTo(30);
    expect(arrivalRate(20, (3 * demoDayMs) / 4)).toBeCloseTo(10);
  });

  test("a burst comes every 60 to 150 s, lasts at most 5 s and brings more than a calm time of its length", () => {
    const starts = someDays.filter((tick, index) => tick.burst && !someDays[index - 1]?.burst);
    const gaps = starts.slice(1).map((tick, index) => tick.elapsedMs - (starts[index]?.elapsedMs ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(150_000);
    const meanGapMs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(Math.abs(meanGapMs - 105_000)).toBeLessThan(15_000);
    const burstTicks = someDays.filter((tick) => tick.burst);
    expect(burstTicks.length / starts.length).toBeLessThanOrEqual(20);
    expect(allJobs(burstTicks).length / burstTicks.length).toBeGreaterThan(2 * 5);
  });

  test("all five classes are there, none below 3 % and none above 50 %", () => {
    const planned = allJobs(someDays);
    for (const name of priorityClasses) {
      const share = planned.filter((job) => classOf(job) === name).length / planned.length;
      expect(share, name).toBeGreaterThan(0.03);
      expect(share, name).toBeLessThan(0.5);
    }
  });

  test("every definition of the demo gets work, and every input fits its schema", () => {
    const planned = allJobs(someDays);
    expect(new Set(planned.map((job) => job.job))).toEqual(new Set(definitions.keys()));
    const misfits = planned.filter((job) => !definitions.get(job.job)?.input.safeParse(job.input).success);
    expect(misfits).toEqual([]);
  });

  test("it is within the limits of a submit: tags, keys and delays", () => {
    const offending = allJobs(someDays).filter(
      ({ tags, correlationId, idempotencyKey = "key", delayMs = 0 }) =>
        tags.length > 20 ||
        !/^test-\w+-\w+$/.test(correlationId) ||
        !/^[\w-]{1,200}$/.test(idempotencyKey) ||
        delayMs < 0 ||
        delayMs > 600_000,
    );
    expect(offending).toEqual([]);
  });

  test("some jobs are for later, and a few keys come twice with the same input", () => {
    const planned = allJobs(someDays);
    const later = planned.filter((job) => (job.delayMs ?? 0) > 0).length / planned.length;
    expect(later).toBeGreaterThan(0.1);
    expect(later).toBeLessThan(0.4);
    const inputs = new Map<string, unknown>();
    let repeats = 0;
    for (const { idempotencyKey, input } of planned) {
      if (idempotencyKey === undefined) continue;
      if (inputs.has(idempotencyKey)) {
        repeats += 1;
        expect(input).toEqual(inputs.get(idempotencyKey));
      }
      inputs.set(idempotencyKey, input);
    }
    expect(repeats / planned.length).toBeGreaterThan(0.003);
    expect(repeats / planned.length).toBeLessThan(0.03);
  });

  test("a few payloads are bad for good: cut feeds, guests, declined cards, unknown places", () => {
    const planned = allJobs(someDays);
    const share = (job: string, isBad: (input: string) => boolean) => {
      const inputs = planned.filter((known) => known.job === job).map((known) => JSON.stringify(known.input));
      return inputs.filter(isBad).length / inputs.length;
    };
    const shares = [
      share("award-loyalty-points", (input) => !input.includes("loyalty")),
      share("charge-card", (input) => input.includes("declined")),
      share("geocode-address", (input) => input.includes("Atlantis")),
      share("import-feed", (input) => input.includes('\\"quantity\\":-1')),
    ];
    for (const bad of shares) {
      expect(bad).toBeGreaterThan(0.005);
      expect(bad).toBeLessThan(0.1);
    }
  });
});
