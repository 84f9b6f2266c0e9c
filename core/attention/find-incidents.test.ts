import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FailingGroup, findIncidents, isQuiet } from "./find-incidents.ts";

const minute = 60_000;
const nowMs = 1_000 * minute + 30_000;
const at = (minutesAgo: number, attempts: number, deaths = 0) => ({
  atMs: (1_000 - minutesAgo) * minute,
  attempts,
  deaths,
});

function group(more: Partial<FailingGroup> = {}): FailingGroup {
  return {
    fingerprint: "f1",
    class: "dependency-down",
    origin: "third-party",
    title: "DependencyError: payments-api failed",
    dependency: "payments-api",
    queues: ["billing"],
    minutes: [at(3, 40, 1), at(2, 60), at(1, 50), at(0, 10)],
    firstSeenMs: 0,
    lastSeenMs: nowMs - 1_000,
    ...more,
  };
}

describe("findIncidents", () => {
  it("says since when, how many attempts failed and how many jobs died", () => {
    expect(findIncidents([group()], nowMs)).toMatchObject([
      { dependency: "payments-api", sinceMs: 997 * minute, attempts: 160, deaths: 1, queues: ["billing"] },
    ]);
  });

  it("begins at the first failure of all when the group is younger than its first minute", () => {
    const firstSeenMs = 997 * minute + 20_000;
    expect(findIncidents([group({ firstSeenMs })], nowMs)[0]?.sinceMs).toBe(firstSeenMs);
  });

  it("counts from the end of the last pause of more than five minutes", () => {
    const minutes = [at(20, 500), at(3, 40), at(0, 10)];
    expect(findIncidents([group({ minutes })], nowMs)[0]).toMatchObject({
      sinceMs: 997 * minute,
      attempts: 50,
    });
  });

  it("takes the groups of one dependency as one incident, named for the group that fails most", () => {
    const timeouts = group({ fingerprint: "f2", class: "timeout", queues: ["mail"], minutes: [at(1, 7)] });
    const [incident, ...others] = findIncidents([timeouts, group()], nowMs);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ class: "dependency-down", attempts: 167, queues: ["billing", "mail"] });
    expect(incident?.groups.map(({ fingerprint }) => fingerprint)).toEqual(["f1", "f2"]);
  });

  it("does not lay what the data or our code is at fault for on the dependency that said so", () => {
    const refused = group({ fingerprint: "f3", class: "invalid-input", origin: "data", minutes: [at(1, 9)] });
    const bug = group({ fingerprint: "f4", class: "bug", origin: "code", minutes: [at(1, 8)] });
    expect(findIncidents([refused, group(), bug], nowMs)).toMatchObject([
      { dependency: "payments-api", attempts: 160 },
      { dependency: null, origin: "data", attempts: 9, groups: [{ fingerprint: "f3" }] },
      { dependency: null, origin: "code", attempts: 8, groups: [{ fingerprint: "f4" }] },
    ]);
  });

  it("leaves out what has been quiet for five minutes and what fails now and then", () => {
    expect(findIncidents([group({ minutes: [at(9, 100)] })], nowMs)).toEqual([]);
    expect(findIncidents([group({ minutes: [at(0, 4)] })], nowMs)).toEqual([]);
  });

  it("calls an incident quiet after a minute without a failure", () => {
    expect(isQuiet({ lastSeenMs: nowMs - minute }, nowMs)).toBe(false);
    expect(isQuiet({ lastSeenMs: nowMs - minute - 1 }, nowMs)).toBe(true);
  });

  it("never loses or invents a failed attempt of a streak", () => {
    const counts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(counts, (attempts) => {
        const minutes = attempts.map((count, index) => at(attempts.length - 1 - index, count));
        const total = attempts.reduce((sum, count) => sum + count, 0);
        expect(findIncidents([group({ minutes })], nowMs)[0]?.attempts).toBe(total);
      }),
    );
  });
});
