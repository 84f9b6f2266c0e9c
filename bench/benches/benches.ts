import type { Bench } from "../harness/bench.ts";
import { drain } from "./drain.ts";
import { enqueue } from "./enqueue.ts";
import { growth } from "./growth.ts";
import { latency } from "./latency.ts";
import { starvation } from "./starvation.ts";
import { steady } from "./steady.ts";
import { storm } from "./storm.ts";

/** Every bench, by the name that the command line takes. */
export const benches: ReadonlyMap<string, Bench> = new Map(
  [enqueue, drain, latency, steady, growth, starvation, storm].map((bench) => [bench.name, bench]),
);
