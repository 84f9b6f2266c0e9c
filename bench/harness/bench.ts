import type { BenchSystem, Place, SystemName } from "./system.ts";

/** How much of everything one run does; a bench reads what concerns it. */
export interface Size {
  jobs: number;
  bulkJobs: number;
  seconds: number;
  futureJobs: number;
  pastJobs: number;
  /** Which of its cases, in a bench that has several. */
  case?: string;
}

/** What one run measured, by metric key; null where this machine cannot tell. */
export type Measurement = Record<string, number | null>;

export interface Metric {
  key: string;
  title: string;
  unit: string;
  better: "higher" | "lower";
}

/**
 * A row of the table: a system under a size. Most are named for their system. Where a bench has cases, a name comes
 * once for each; the figures of its cases go by different keys.
 */
export interface Contender {
  name: string;
  /** What the progress calls it, when that is not its name. */
  label?: string;
  system: SystemName;
  size: Size;
}

/** Median, least and greatest of a metric over the rounds, by contender. */
export interface MetricSummary {
  median: Record<string, number>;
  min: Record<string, number>;
  max: Record<string, number>;
  /** Signalbox ÷ the other, of the medians. */
  ratio: Record<string, number>;
}

export type Summary = Record<string, MetricSummary>;

export interface Goal {
  name: string;
  /** null when a contender that the goal needs did not run. */
  value: number | null;
  bound: "at least" | "at most";
  goal: number;
  met: boolean | null;
}

export interface BenchOptions {
  quick: boolean;
  future: boolean;
  jobs?: number;
  cases?: string[];
}

export interface Bench {
  name: string;
  what: string;
  /** The first is the headline: the top level of `--json`. */
  metrics: [Metric, ...Metric[]];
  rounds: { full: number; quick: number };
  /** What `--case` can choose. */
  cases?: readonly string[];
  contenders(options: BenchOptions): Contender[];
  /** Runs in a process of its own, on an empty database. */
  measure(system: BenchSystem, place: Place, size: Size): Promise<Measurement>;
  goals(summary: Summary): Goal[];
}

/** A size of nothing, to be filled in by a bench. */
export const emptySize: Size = { jobs: 0, bulkJobs: 0, seconds: 0, futureJobs: 0, pastJobs: 0 };
