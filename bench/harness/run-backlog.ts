import { setTimeout as wait } from "node:timers/promises";
import type { Measurement, Size } from "./bench.ts";
import { startCpuMeter } from "./cpu-meter.ts";
import { makePayloads } from "./payload.ts";
import { settleServer } from "./settle-server.ts";
import type { BenchSystem, Place } from "./system.ts";
import { StartTally } from "./tally.ts";

const bulk = 1000;

/**
 * Put `size.jobs` no-op jobs into an empty queue (beside `size.pastJobs` finished and `size.futureJobs` future ones),
 * start one worker process and measure from the first start of a job to the moment when another session sees the
 * last completion committed. CPU time counts over the same span.
 */
export async function runBacklog(system: BenchSystem, place: Place, size: Size): Promise<Measurement> {
  await system.prepare(place);
  if (size.pastJobs > 0) await system.addPast?.(place, size.pastJobs);
  if (size.futureJobs > 0) await system.addFuture?.(place, size.futureJobs);
  const producer = await system.openProducer(place, "backlog");
  for (let first = 0; first < size.jobs; first += bulk) {
    await producer.submitMany(makePayloads(first, Math.min(bulk, size.jobs - first)));
  }
  await producer.close();
  await settleServer(place);

  let startMs = Number.NaN;
  let cpu = startCpuMeter(place.serverPid);
  const tally = new StartTally(size.jobs, () => {
    startMs = performance.now();
    cpu = startCpuMeter(place.serverPid);
  });
  const worker = await system.startWorker(place, {
    load: "backlog",
    handler: async (payload) => tally.start(payload.index),
  });
  await tally.all;
  while (!(await worker.settled())) await wait(1);
  const seconds = (performance.now() - startMs) / 1000;
  const { node, server } = cpu();
  await worker.stop();
  if (tally.repeated > 0) throw new Error(`${tally.repeated} jobs ran more than once`);
  await system.verifyHistory?.(place, size.jobs + size.pastJobs);

  const share = size.jobs / 100_000;
  return {
    jobsPerSecond: size.jobs / seconds,
    nodeCpu: node / share,
    serverCpu: server === null ? null : server / share,
    cpu: server === null ? null : (node + server) / share,
  };
}
