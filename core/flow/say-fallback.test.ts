import { expect, test } from "vitest";
import { waitingFactsOf } from "../job/testing/waiting-facts-of.ts";
import { explainWaiting } from "../job/waiting-reasons.ts";

const backup = { alternate: "backup", maxAgeMs: null, bar: null, undoneBy: null, isUnfit: false };
const cached = { ...backup, alternate: null, maxAgeMs: 600_000 };

test.each([
  ["in its turn", backup, "backup takes it over in its turn"],
  [
    "for its payload",
    { ...backup, isUnfit: true },
    "no fallback fits because its payload does not fit backup",
  ],
  ["for the alternate", { ...backup, bar: "backup is paused" }, "no fallback fits because backup is paused"],
  ["by an operator", { ...backup, undoneBy: "ada" }, "ada took its fallback to backup back while this lasts"],
  ["with a result to look for", cached, "a cached result is looked for in its turn"],
  [
    "without a result",
    { ...cached, isUnfit: true },
    "no fallback fits because no result of its payload younger than 10 min is kept",
  ],
])("a held job says what its fallback does about it: %s", (_, fallback, said) => {
  const dependencies = [{ name: "bank", state: "open" as const }];
  const [reason] = explainWaiting(waitingFactsOf({ dependencies, fallback }));
  expect(reason?.kind).toBe("breaker-open");
  expect(reason?.text).toMatch(/^the breaker of bank has been open/);
  expect(reason?.text.endsWith(`; ${said}`)).toBe(true);
});

test("without a breaker that holds it a job does not speak of its fallback", () => {
  const reasons = explainWaiting(waitingFactsOf({ fallback: backup, queue: { paused: true } }));
  expect(reasons.map(({ text }) => text).join()).not.toContain("backup");
});
