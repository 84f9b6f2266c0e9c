import type { Log } from "#server/system/log.ts";
import { isHealthy, noFaults } from "../services/fault-settings.ts";
import type { DemoFaults } from "../services/start-demo-services.ts";
import type { Wait } from "../wait.ts";
import { describeFault } from "./describe-fault.ts";
import type { Outage } from "./plan-outages.ts";

/**
 * The conductor: carries out planned outages one after the other and heals each when its time is over, and all
 * of them when `signal` aborts. A service whose faults someone set by hand is left alone, at the start of an
 * outage and at its end. Resolves when the plan is at its end or the signal has aborted.
 */
export async function runOutages(options: {
  outages: Iterable<Outage>;
  faults: DemoFaults;
  log: Log;
  wait: Wait;
  signal: AbortSignal;
}): Promise<void> {
  const { outages, wait, signal } = options;
  const running: Promise<void>[] = [];
  let elapsedMs = 0;
  for (const outage of outages) {
    await wait(outage.startMs - elapsedMs, signal);
    if (signal.aborted) break;
    elapsedMs = outage.startMs;
    running.push(runOutage(outage, options));
  }
  await Promise.all(running);
}

async function runOutage(
  outage: Outage,
  { faults, log, wait, signal }: { faults: DemoFaults; log: Log; wait: Wait; signal: AbortSignal },
): Promise<void> {
  const { service, durationMs } = outage;
  if (!isHealthy(faults.get(service))) {
    log.info({ service }, `outage skipped: ${service} already has faults that were set by hand`);
    return;
  }
  const seconds = Math.round(durationMs / 1_000);
  log.warn(
    { service, faults: outage.faults },
    `outage: ${describeFault(service, outage.faults)} for ${seconds} s`,
  );
  await faults.set(service, outage.faults);
  await wait(durationMs, signal);
  if (faults.get(service) !== outage.faults) {
    log.info({ service }, `outage over: ${service} keeps the faults that were set by hand meanwhile`);
    return;
  }
  await faults.set(service, noFaults);
  const until = signal.aborted ? "because the demo stops" : `after ${seconds} s`;
  log.info({ service }, `outage over: ${service} is healthy again ${until}`);
}
