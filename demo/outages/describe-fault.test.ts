import { expect, test } from "vitest";
import { noFaults } from "../services/fault-settings.ts";
import { describeFault } from "./describe-fault.ts";

test.each([
  [{}, "mail is healthy"],
  [{ refuse: true }, "mail refuses connections"],
  [{ error503Share: 0.35 }, "mail answers 503 to 35 % of calls"],
  [{ hangShare: 0.5, latencyMs: 900 }, "mail never answers 50 % of calls and answers 900 ms late"],
  [{ latencyMs: 800, latencyJitterMs: 1_000 }, "mail answers 1300 ms late"],
  [{ rate429: { perSecond: 2 } }, "mail lets only 2 calls a second through"],
])("%j reads: %s", (faults, words) => {
  expect(describeFault("mail", { ...noFaults, ...faults })).toBe(words);
});
