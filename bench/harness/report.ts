import type { Bench, Goal, Metric, Summary } from "./bench.ts";
import type { Environment } from "./environment.ts";

/** Three significant figures, plain: 12,300 · 4.56 · 0.0789. */
export function formatFigure(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? rounded.toLocaleString("en-US") : String(rounded);
}

/** Rows under a header: the first column to the left, the others to the right. */
export function formatTable(header: string[], rows: string[][]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [header, ...rows]
    .map((row) =>
      row.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      ),
    )
    .map((cells) => `  ${cells.join("  ")}`.trimEnd())
    .join("\n");
}

function metricTable(metric: Metric, summary: Summary): string {
  const { median = {}, min = {}, max = {}, ratio = {} } = summary[metric.key] ?? {};
  const rows = Object.keys(median).map((name) => [
    name,
    ...[median, min, max].map((figures) => formatFigure(figures[name] ?? Number.NaN)),
    ratio[name] === undefined ? "" : ratio[name].toFixed(2),
  ]);
  const title = `${metric.title}, ${metric.unit} (${metric.better} is better)`;
  return `${title}\n${formatTable(["", "median", "min", "max", "signalbox ÷"], rows)}`;
}

function goalLine({ name, value, bound, goal, met }: Goal): string {
  if (value === null) return `  not measured  ${name}: ${bound} ${goal}`;
  return `  ${met ? "met    " : "not met"}  ${name}: ${value.toFixed(2)}, ${bound} ${goal}`;
}

/** The report for people. */
export function formatReport(
  bench: Bench,
  summary: Summary,
  goals: Goal[],
  environment: Environment,
  failures: string[],
): string {
  const { stolenCpuSeconds, stolenShare } = environment;
  const stolen =
    stolenCpuSeconds === null || stolenShare === null
      ? "CPU time taken by the host is not known here"
      : `the host took ${stolenCpuSeconds.toFixed(1)} CPU s (${(stolenShare * 100).toFixed(1)} %)`;
  const versions = Object.entries(environment.peers).map(([name, version]) => `${name} ${version}`);
  return [
    `${bench.name}: ${bench.what}`,
    `${environment.cpu}, ${environment.cores} cores, ${environment.memoryGb} GB, Node ${environment.node}, Postgres ${environment.postgres}, ${environment.redis ? `Redis ${environment.redis}` : "no Redis"}`,
    `${versions.join(", ")}; ${environment.rounds} rounds${environment.quick ? " (quick: too short for final figures)" : ""}; ${stolen}`,
    ...bench.metrics
      .filter(({ key }) => Object.keys(summary[key]?.median ?? {}).length > 0)
      .map((metric) => `\n${metricTable(metric, summary)}`),
    "\ngoals",
    ...goals.map(goalLine),
    ...failures.map((failure) => `\nfailed: ${failure}`),
  ].join("\n");
}

/** The object of `--json`: the headline metric at the top, all of them under `metrics`. */
export function toJson(
  bench: Bench,
  summary: Summary,
  goals: Goal[],
  environment: Environment,
  failures: string[],
): string {
  const [headline] = bench.metrics;
  return JSON.stringify({
    bench: bench.name,
    unit: headline.unit,
    environment,
    ...summary[headline.key],
    metrics: Object.fromEntries(
      bench.metrics.map(({ key, unit, better }) => [key, { unit, better, ...summary[key] }]),
    ),
    goals,
    failures,
  });
}
