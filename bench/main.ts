import path from "node:path";
import { benches } from "./benches/benches.ts";
import { consoleBench, runConsole } from "./console/run-console.ts";
import type { Bench, Contender, Measurement } from "./harness/bench.ts";
import { describeEnvironment, readCpuTicks, readPeerVersions } from "./harness/environment.ts";
import { installPeers } from "./harness/install-peers.ts";
import { openPlaces, type Places } from "./harness/open-places.ts";
import { type BenchArguments, parseArguments, UsageError } from "./harness/parse-arguments.ts";
import { formatFigure, formatReport, toJson } from "./harness/report.ts";
import { runChild } from "./harness/run-child.ts";
import { summarise } from "./harness/summarise.ts";
import { systemNames } from "./harness/system.ts";
import { runSimulatedStorm } from "./simulation/run-simulated-storm.ts";

const runTimeoutMs = 30 * 60_000;
const dataDirectory = path.join(import.meta.dirname, "..", ".data", "bench");

const usage = `usage: npm run bench -- <name> [--quick] [--json] [--rounds N] [--jobs N] [--only system,…] [--future] [--case C,…]
       npm run bench -- storm --simulated [--quick] [--json] [--case C,…] [--seeds N] [--set path=value]…

${[...benches.values(), consoleBench].map((bench) => `  ${bench.name.padEnd(10)}  ${bench.what}`).join("\n")}

  --quick      fewer jobs and rounds, to see that it works
  --json       the last line of standard output is one JSON object
  --future     drain: also beside a million jobs that are due tomorrow
  --case       storm: some of A, A40, B; starvation: flood, beside
  --only       some of ${systemNames.join(", ")}
  --simulated  storm: Signalbox alone in virtual time, once for each of N seeds (20)
  --set        a setting of the service as a dependency, such as probes.gapShare=0.05`;

function log(message: string): void {
  process.stderr.write(`${message}\n`);
}

interface Runs {
  measurements: Map<string, Measurement[]>;
  failures: string[];
}

/** The first of the bench's figures that this run has. */
function sayHeadline(bench: Bench, measurement: Measurement): string {
  const metric = bench.metrics.find(({ key }) => typeof measurement[key] === "number");
  return metric ? `${formatFigure(measurement[metric.key] ?? Number.NaN)} ${metric.unit}` : "no figure";
}

/** All contenders once a round, each round beginning with the next one, so that no drift falls on one alone. */
async function runRounds(
  bench: Bench,
  contenders: Contender[],
  rounds: number,
  places: Places,
  signal: AbortSignal,
): Promise<Runs> {
  const measurements = new Map<string, Measurement[]>(contenders.map(({ name }) => [name, []]));
  const failures: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const turn = round % contenders.length;
    for (const contender of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
      signal.throwIfAborted();
      const place = await places.fresh(contender.system);
      if (!place) continue;
      const order = { bench: bench.name, system: contender.system, place, size: contender.size };
      const answer = await runChild(order, { timeoutMs: runTimeoutMs, signal });
      signal.throwIfAborted();
      const head = `round ${round + 1}/${rounds} ${contender.label ?? contender.name}`;
      if ("error" in answer) {
        failures.push(`${head}: ${answer.error}`);
        log(`${head}: failed: ${answer.error}`);
        continue;
      }
      measurements.get(contender.name)?.push(answer.measurement);
      log(`${head}: ${sayHeadline(bench, answer.measurement)}`);
    }
  }
  return { measurements, failures };
}

async function runBench(bench: Bench, options: BenchArguments, signal: AbortSignal): Promise<boolean> {
  installPeers(import.meta.dirname, log);
  const { quick, only } = options;
  const contenders = bench.contenders(options).filter(({ system }) => !only || only.includes(system));
  const rounds = options.rounds ?? (quick ? bench.rounds.quick : bench.rounds.full);
  const before = readCpuTicks();
  const places = await openPlaces(
    dataDirectory,
    contenders.some(({ system }) => system === "bullmq"),
    log,
  );
  const { measurements, failures } = await runRounds(bench, contenders, rounds, places, signal).finally(() =>
    places.close(),
  );
  const summary = summarise(bench.metrics, measurements);
  const goals = bench.goals(summary);
  const environment = describeEnvironment({
    postgres: places.postgresVersion,
    redis: places.redisVersion,
    peers: readPeerVersions(import.meta.dirname),
    rounds,
    quick,
    before,
  });
  process.stdout.write(`${formatReport(bench, summary, goals, environment, failures)}\n`);
  if (options.json) process.stdout.write(`${toJson(bench, summary, goals, environment, failures)}\n`);
  return failures.length === 0;
}

const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, () => interrupted.abort(new Error("interrupted")));
}

try {
  const options = parseArguments(process.argv.slice(2), [...benches.values(), consoleBench]);
  const bench = benches.get(options.bench);
  const run = () =>
    bench ? runBench(bench, options, interrupted.signal) : runConsole(options, dataDirectory, log);
  const isWell = options.simulated ? runSimulatedStorm(options) : await run();
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  const wrongUsage = error instanceof UsageError;
  log(
    wrongUsage
      ? `${error.message}\n\n${usage}`
      : `bench failed: ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = wrongUsage ? 2 : 1;
}
