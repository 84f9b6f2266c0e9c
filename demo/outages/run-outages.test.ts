import { describe, expect, test } from "vitest";
import { type Log, silentLog } from "#server/system/log.ts";
import { type FaultSettings, noFaults, type ServiceName } from "../services/fault-settings.ts";
import type { Outage } from "./plan-outages.ts";
import { runOutages } from "./run-outages.ts";

const refused: FaultSettings = { ...noFaults, refuse: true };
const slow: FaultSettings = { ...noFaults, latencyMs: 900 };

/** Services that only remember their faults, and waits that the test ends one by one in the order of time. */
function conductor(outages: Outage[]) {
  const state: Record<ServiceName, FaultSettings> = {
    mail: noFaults,
    payments: noFaults,
    geocoder: noFaults,
    warehouse: noFaults,
  };
  const said: string[] = [];
  const say = (_facts: object, message: string) => said.push(message);
  const log: Log = { ...silentLog, info: say, warn: say };
  const stop = new AbortController();
  let nowMs = 0;
  const waiting: { atMs: number; end: () => void }[] = [];
  const done = runOutages({
    outages,
    log,
    signal: stop.signal,
    faults: {
      get: (name) => state[name],
      set: async (name, faults) => {
        state[name] = faults;
      },
    },
    wait: (ms, signal) =>
      new Promise((end) => {
        waiting.push({ atMs: nowMs + ms, end });
        signal.addEventListener("abort", () => end());
      }),
  });
  return {
    state,
    said,
    done,
    stop: () => stop.abort(),
    /** Lets time pass until `untilMs`, every wait ending when it is due. */
    async pass(untilMs: number) {
      for (;;) {
        await new Promise(setImmediate);
        waiting.sort((a, b) => a.atMs - b.atMs);
        const next = waiting[0];
        if (next === undefined || next.atMs > untilMs) break;
        waiting.shift();
        nowMs = next.atMs;
        next.end();
      }
      nowMs = untilMs;
    },
  };
}

const outage = (service: ServiceName, startMs: number, durationMs: number, faults = refused): Outage => ({
  service,
  startMs,
  durationMs,
  faults,
});

describe("the conductor", () => {
  test("sets the fault at its time, heals it at its end, and says both in plain words", async () => {
    const run = conductor([outage("payments", 45_000, 30_000)]);
    await run.pass(44_999);
    expect(run.state.payments).toBe(noFaults);
    await run.pass(45_000);
    expect(run.state.payments).toBe(refused);
    await run.pass(75_000);
    expect(run.state.payments).toBe(noFaults);
    await run.done;
    expect(run.said).toEqual([
      "outage: payments refuses connections for 30 s",
      "outage over: payments is healthy again after 30 s",
    ]);
  });

  test("two planned outages may overlap, each healed at its own time", async () => {
    const run = conductor([outage("mail", 1_000, 20_000), outage("geocoder", 5_000, 40_000, slow)]);
    await run.pass(6_000);
    expect([run.state.mail, run.state.geocoder]).toEqual([refused, slow]);
    await run.pass(21_000);
    expect([run.state.mail, run.state.geocoder]).toEqual([noFaults, slow]);
    await run.pass(45_000);
    expect(run.state.geocoder).toBe(noFaults);
    await run.done;
  });

  test("faults set by hand are neither overwritten nor healed", async () => {
    const run = conductor([outage("mail", 1_000, 10_000), outage("warehouse", 2_000, 10_000)]);
    run.state.mail = slow;
    await run.pass(3_000);
    expect(run.state.mail).toBe(slow);
    run.state.warehouse = slow;
    await run.pass(20_000);
    expect([run.state.mail, run.state.warehouse]).toEqual([slow, slow]);
    await run.done;
    expect(run.said).toContain("outage skipped: mail already has faults that were set by hand");
    expect(run.said).toContain("outage over: warehouse keeps the faults that were set by hand meanwhile");
  });

  test("when it is stopped in an outage the service is healed and nothing more begins", async () => {
    const run = conductor([outage("mail", 1_000, 60_000), outage("payments", 200_000, 20_000)]);
    await run.pass(2_000);
    expect(run.state.mail).toBe(refused);
    run.stop();
    await run.done;
    expect(run.state).toEqual({
      mail: noFaults,
      payments: noFaults,
      geocoder: noFaults,
      warehouse: noFaults,
    });
    expect(run.said).toEqual([
      "outage: mail refuses connections for 60 s",
      "outage over: mail is healthy again because the demo stops",
    ]);
  });
});
