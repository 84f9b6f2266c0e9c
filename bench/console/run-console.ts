import { ensureConsoleBuilt } from "../../cli/process/ensure-console-built.ts";
import type { Goal } from "../harness/bench.ts";
import { describeEnvironment, readCpuTicks } from "../harness/environment.ts";
import { atMost } from "../harness/goal.ts";
import { openPlaces } from "../harness/open-places.ts";
import type { BenchArguments } from "../harness/parse-arguments.ts";
import { benchConsole, type ConsoleFigures, formatConsoleFigures } from "./console-bench.ts";
import { quantile } from "./quantile.ts";

export const consoleBench = {
  name: "console",
  what: "the console at 10 million finished and 1 million waiting jobs: queries, change to pixel, script, idle cost",
};

/** Run it on a Postgres of its own in `directory` and print the report; has no peers, so its figures stand alone. */
export async function runConsole(
  options: BenchArguments,
  directory: string,
  say: (line: string) => void,
): Promise<boolean> {
  const before = readCpuTicks();
  await ensureConsoleBuilt(say);
  const places = await openPlaces(directory, false, say);
  try {
    const place = await places.fresh("signalbox");
    if (!place) throw new Error("no database");
    const figures = await benchConsole(place.url, { quick: options.quick, keep: false }, say);
    const goals = goalsOf(figures);
    const environment = describeEnvironment({
      postgres: places.postgresVersion,
      redis: null,
      peers: {},
      rounds: 1,
      quick: options.quick,
      before,
    });
    const told = goals.map(
      ({ name, value, goal, met }) =>
        `  ${met ? "met    " : "not met"}  ${name}: ${value?.toFixed(2)}, at most ${goal}`,
    );
    process.stdout.write(`${formatConsoleFigures(figures)}\n\ngoals\n${told.join("\n")}\n`);
    if (options.json) {
      const [queries] = goals;
      const median = { signalbox: queries?.value };
      const head = { bench: "console", unit: "ms", environment, median, min: median, max: median, ratio: {} };
      process.stdout.write(`${JSON.stringify({ ...head, goals })}\n`);
    }
    return true;
  } finally {
    await places.close();
  }
}

function goalsOf({ queries, pages, pixelMs, idlePerSecond }: ConsoleFigures): Goal[] {
  return [
    atMost("query p95 ms", Math.max(...queries.map(({ p95Ms }) => p95Ms)), 50),
    atMost("change to pixel p95 ms", quantile(pixelMs, 0.95), 1_000),
    atMost("script kB gzipped", Math.max(...pages.map(({ scriptKb }) => scriptKb)), 250),
    atMost("LCP ms", Math.max(...pages.map(({ lcpMs }) => lcpMs)), 1_500),
    atMost("idle statements/s", idlePerSecond, 1),
  ];
}
