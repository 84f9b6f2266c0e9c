import type { Random } from "#core/clock.ts";
import { drawBetween, drawOne, drawWhole } from "../draw.ts";
import { type FaultSettings, noFaults, type ServiceName, serviceNames } from "../services/fault-settings.ts";

/** One outage: from `startMs` after the demo began, for `durationMs`, one service has one fault. */
export interface Outage {
  startMs: number;
  durationMs: number;
  service: ServiceName;
  faults: FaultSettings;
}

/** When outages happen, in milliseconds. Until `aloneUntilMs` no two of them overlap. */
export const outageTimes = {
  firstMs: 45_000,
  gapMs: { low: 120_000, high: 240_000 },
  durationMs: { low: 20_000, high: 60_000 },
  aloneUntilMs: 600_000,
  secondChance: 0.25,
  secondDelayMs: { low: 3_000, high: 15_000 },
} as const;

/** The kinds of fault; each is as likely as the next. */
const faultKinds: readonly ((random: Random) => Partial<FaultSettings>)[] = [
  (random) => ({ error503Share: drawWhole(random, 6, 20) / 20 }),
  (random) => ({ hangShare: drawWhole(random, 10, 20) / 20 }),
  (random) => ({ rate429: { perSecond: drawWhole(random, 1, 3) } }),
  () => ({ refuse: true }),
  (random) => ({ latencyMs: drawWhole(random, 8, 25) * 100, latencyJitterMs: 1_000 }),
];

/**
 * The outages of a demo, without end, in the order of their start: the first after 45 s, then one every 2 to
 * 4 minutes (start to start) for 20 to 60 s. After the first ten minutes every fourth or so is joined, a few
 * seconds later, by another one of another service. The same chance gives the same plan.
 */
export function* planOutages(random: Random): Generator<Outage, never> {
  for (let startMs: number = outageTimes.firstMs; ; startMs += span(random, outageTimes.gapMs)) {
    const first = drawOutage(random, startMs, serviceNames);
    yield first;
    const joined = random() < outageTimes.secondChance;
    if (joined && startMs >= outageTimes.aloneUntilMs) {
      const others = serviceNames.filter((name) => name !== first.service);
      yield drawOutage(random, startMs + span(random, outageTimes.secondDelayMs), others);
    }
  }
}

function drawOutage(random: Random, startMs: number, among: readonly ServiceName[]): Outage {
  const service = drawOne(random, among);
  const faults = { ...noFaults, ...drawOne(random, faultKinds)(random) };
  return { startMs, durationMs: span(random, outageTimes.durationMs), service, faults };
}

/** A span in whole seconds. */
function span(random: Random, { low, high }: { low: number; high: number }): number {
  return Math.round(drawBetween(random, low, high) / 1_000) * 1_000;
}
