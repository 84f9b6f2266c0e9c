import { expect, test } from "vitest";
import { UsageError } from "../harness/parse-arguments.ts";
import { overrideSettings } from "./run-simulated-storm.ts";

test("settings are the defaults with what was set over them", () => {
  const settings = overrideSettings(["probes.gapShare=0.05", "probes.minGapMs=500", "minimumCalls=50"]);
  expect(settings).toMatchObject({ minimumCalls: 50, failureThreshold: 0.5 });
  expect(settings.probes).toMatchObject({ gapShare: 0.05, minGapMs: 500, concurrent: 1 });
});

test.each([
  ["probes.gapShare", "wants path=value"],
  ["probes.gapShare=often", "no JSON value"],
  ["probes.gapShare=5", "share"],
  ["gapShare=0.05", "gapShare"],
  ["failureThreshold.x=1", "failureThreshold"],
])("--set %s is refused as wrong usage", (set, message) => {
  expect(() => overrideSettings([set])).toThrow(UsageError);
  expect(() => overrideSettings([set])).toThrow(message);
});
