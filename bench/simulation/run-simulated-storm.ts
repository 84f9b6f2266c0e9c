import { z } from "zod";
import { type BreakerSettings, breakerSettingsSchema } from "../../core/breaker/breaker-settings.ts";
import { storm } from "../benches/storm.ts";
import type { Measurement, Summary } from "../harness/bench.ts";
import { type BenchArguments, UsageError } from "../harness/parse-arguments.ts";
import { formatFigure, formatTable } from "../harness/report.ts";
import { summarise } from "../harness/summarise.ts";
import { stormCaseNames, stormCases } from "../storm/storm-case.ts";
import { summariseStorm } from "../storm/summarise-storm.ts";
import { simulateStorm } from "./simulate-storm.ts";

const usualSeeds = { full: 20, quick: 5 };
const seconds = { full: 20, quick: 6 };

/**
 * Settings of the service as a dependency: the defaults with `path=value` over them, values as JSON:
 * `probes.gapShare=0.05`. Throws UsageError for what the settings refuse.
 */
export function overrideSettings(sets: readonly string[]): BreakerSettings {
  const given: Record<string, unknown> = {};
  for (const set of sets) {
    const [path = "", ...rest] = set.split("=");
    if (rest.length === 0) throw new UsageError(`--set wants path=value, not ${JSON.stringify(set)}`);
    let value: unknown;
    try {
      value = JSON.parse(rest.join("="));
    } catch {
      throw new UsageError(`--set ${path}: ${JSON.stringify(rest.join("="))} is no JSON value`);
    }
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let part = given;
    for (const key of keys) {
      const inner = Object.hasOwn(part, key) ? part[key] : {};
      if (typeof inner !== "object" || inner === null)
        throw new UsageError(`--set ${path}: ${key} is set already`);
      part[key] = inner;
      part = inner as Record<string, unknown>;
    }
    part[last] = value;
  }
  const settings = breakerSettingsSchema.safeParse(given);
  if (!settings.success) throw new UsageError(`--set: ${z.prettifyError(settings.error)}`);
  return settings.data;
}

/** The same summary with the worst figure of each metric in place of the median: all figures of a storm are better lower. */
function worstOf(summary: Summary): Summary {
  return Object.fromEntries(
    Object.entries(summary).map(([key, each]) => [key, { ...each, median: each.max }]),
  );
}

/** The storm in virtual time, once a seed and case, for studies of the settings; prints median and worst. */
export function runSimulatedStorm(options: BenchArguments): boolean {
  const { quick, json, cases, simulated = { sets: [] } } = options;
  const settings = overrideSettings(simulated.sets);
  const seeds = simulated.seeds ?? (quick ? usualSeeds.quick : usualSeeds.full);
  const downMs = (quick ? seconds.quick : seconds.full) * 1000;
  const names = stormCaseNames.filter((name) => !cases || cases.includes(name));
  const startedMs = performance.now();
  let virtualMs = 0;
  const measurements = Array.from({ length: seeds }, (_, index) => {
    const measurement: Measurement = {};
    for (const name of names) {
      const run = simulateStorm(stormCases[name], { warmUpMs: downMs / 2, downMs }, index + 1, settings);
      Object.assign(measurement, summariseStorm(name, run));
      virtualMs += run.world.time.nowMs;
    }
    return measurement;
  });
  const speed = virtualMs / (performance.now() - startedMs);
  const summary = summarise(storm.metrics, new Map([["signalbox", measurements]]));
  const worstGoals = storm.goals(worstOf(summary));
  const goals = storm.goals(summary).flatMap((goal, at) => {
    const most = worstGoals[at];
    if (goal.value === null || !most) return [];
    return [{ ...goal, worst: most.value, met: most.met }];
  });
  const metrics = storm.metrics.flatMap(({ key, title, unit }) => {
    const median = summary[key]?.median.signalbox;
    const worst = summary[key]?.max.signalbox;
    return median === undefined || worst === undefined ? [] : [{ key, title, unit, median, worst }];
  });
  const say = (value: number | null) => (value === null ? "" : formatFigure(value));
  const table = formatTable(
    ["goal", "at most", "median", "worst", ""],
    goals.map(({ name, goal, value, worst: most, met }) => [
      name,
      say(goal),
      say(value),
      say(most),
      met ? "met" : "not met",
    ]),
  );
  const others = formatTable(
    ["figure", "median", "worst", "unit"],
    metrics.map(({ title, unit, median, worst: most }) => [title, say(median), say(most), unit]),
  );
  const head = `storm, simulated: ${seeds} seeds${simulated.sets.length > 0 ? `, ${simulated.sets.join(", ")}` : ""}; ${Math.round(virtualMs / 1000)} virtual s, ${Math.round(speed)} of them a second`;
  process.stdout.write(`${head}\n\n${table}\n\n${others}\n`);
  if (json) {
    const figures = metrics.map(({ key, title: _, ...figure }) => [key, figure]);
    const answer = {
      bench: "storm",
      simulated: true,
      seeds,
      sets: simulated.sets,
      virtualSecondsPerSecond: speed,
    };
    process.stdout.write(`${JSON.stringify({ ...answer, metrics: Object.fromEntries(figures), goals })}\n`);
  }
  return true;
}
