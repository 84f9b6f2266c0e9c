import { expect, test } from "vitest";
import { silentLog } from "#server/system/log.ts";
import { openUntilReachable } from "./open-until-reachable.ts";

test("tries once a second until the database answers", async () => {
  const waits: number[] = [];
  let tries = 0;
  const open = () => {
    tries += 1;
    if (tries < 4) throw new Error("connect ECONNREFUSED");
    return "opened";
  };
  const wait = async (ms: number) => void waits.push(ms);
  const signal = new AbortController().signal;
  expect(await openUntilReachable({ open, wait, log: silentLog, signal })).toBe("opened");
  expect(waits).toEqual([1_000, 1_000, 1_000]);
});

test("gives up with null when it is stopped", async () => {
  const stop = new AbortController();
  const open = () => {
    stop.abort();
    throw new Error("connect ECONNREFUSED");
  };
  const wait = async () => undefined;
  expect(await openUntilReachable({ open, wait, log: silentLog, signal: stop.signal })).toBeNull();
});
