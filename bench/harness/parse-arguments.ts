import { parseArgs } from "node:util";
import { type SystemName, systemNames } from "./system.ts";

export interface BenchArguments {
  bench: string;
  quick: boolean;
  json: boolean;
  future: boolean;
  rounds?: number;
  jobs?: number;
  only?: SystemName[];
  cases?: string[];
  /** In virtual time: with so many seeds, and settings of the dependency as `path=value`. */
  simulated?: { seeds?: number; sets: string[] };
}

/** What a bench lets one choose. */
export interface KnownBench {
  name: string;
  cases?: readonly string[];
}

/** Wrong usage: the program answers with the message, the usage and exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`--${name} must be a whole number of at least 1`);
  return value;
}

function chosenSystems(text: string | undefined): SystemName[] | undefined {
  if (text === undefined) return undefined;
  return text.split(",").map((name) => {
    const system = systemNames.find((known) => known === name);
    if (!system) throw new UsageError(`--only knows ${systemNames.join(", ")}; not ${JSON.stringify(name)}`);
    return system;
  });
}

function chosenCases(bench: KnownBench, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const { name, cases = [] } = bench;
  if (cases.length === 0) throw new UsageError(`--case has no meaning for ${name}`);
  const chosen = text.split(",");
  const unknown = chosen.find((one) => !cases.includes(one));
  if (unknown !== undefined)
    throw new UsageError(`--case of ${name} knows ${cases.join(", ")}; not ${JSON.stringify(unknown)}`);
  return chosen;
}

/** The command line of `npm run bench`. Throws UsageError. */
export function parseArguments(argv: string[], benches: readonly KnownBench[]): BenchArguments {
  const read = () => {
    try {
      return parseArgs({
        args: argv,
        allowPositionals: true,
        options: {
          quick: { type: "boolean", default: false },
          json: { type: "boolean", default: false },
          future: { type: "boolean", default: false },
          rounds: { type: "string" },
          jobs: { type: "string" },
          only: { type: "string" },
          case: { type: "string" },
          simulated: { type: "boolean", default: false },
          seeds: { type: "string" },
          set: { type: "string", multiple: true },
        },
      });
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  };
  const { values, positionals } = read();
  const [bench, ...rest] = positionals;
  if (bench === undefined) throw new UsageError("name a bench");
  if (rest.length > 0) throw new UsageError(`one bench at a time: ${rest.join(" ")} is too much`);
  const known = benches.find(({ name }) => name === bench);
  if (!known) throw new UsageError(`no bench named ${JSON.stringify(bench)}`);
  if (values.future && bench !== "drain") throw new UsageError("--future belongs to drain");
  const jobs = positive("jobs", values.jobs);
  if (jobs !== undefined && ["steady", "storm", "starvation"].includes(bench))
    throw new UsageError(`--jobs has no meaning for ${bench}`);
  const isTuned = values.seeds !== undefined || values.set !== undefined;
  if (values.simulated && bench !== "storm") throw new UsageError("--simulated belongs to storm");
  if (isTuned && !values.simulated) throw new UsageError("--seeds and --set belong to --simulated");
  const seeds = positive("seeds", values.seeds);
  return {
    bench,
    quick: values.quick,
    json: values.json,
    future: values.future,
    rounds: positive("rounds", values.rounds),
    jobs,
    only: chosenSystems(values.only),
    cases: chosenCases(known, values.case),
    ...(values.simulated
      ? { simulated: { ...(seeds === undefined ? {} : { seeds }), sets: values.set ?? [] } }
      : {}),
  };
}
