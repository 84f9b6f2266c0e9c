import { describe, expect, it } from "vitest";
import { type BreakerFacts, findHeldBreakers } from "./find-held-breakers.ts";

const breaker = (more: Partial<BreakerFacts> = {}): BreakerFacts => ({
  dependency: "payments-api",
  state: "open",
  forced: null,
  sinceMs: 1_000,
  untilMs: 2_000,
  ...more,
});
const line = (queue: string, available: number, ...dependencies: string[]) => ({
  queue,
  dependencies,
  available,
});

describe("findHeldBreakers", () => {
  it("counts the jobs in line that need the dependency, by queue, and no others", () => {
    const lines = [
      line("billing", 5, "payments-api"),
      line("billing", 3, "payments-api", "mail-api"),
      line("mail", 20, "payments-api"),
      line("search", 99, "mail-api"),
      line("idle", 0, "payments-api"),
    ];
    expect(findHeldBreakers([breaker()], lines)).toMatchObject([
      { dependency: "payments-api", isShut: true, jobs: 28, queues: ["mail", "billing"] },
    ]);
  });

  it("leaves out breakers that are simply closed", () => {
    expect(findHeldBreakers([breaker({ state: "closed" })], [line("q", 1, "payments-api")])).toEqual([]);
  });

  it("takes an operator's word above the state", () => {
    const shut = (more: Partial<BreakerFacts>) => findHeldBreakers([breaker(more)], [])[0]?.isShut;
    expect(shut({ state: "closed", forced: "open" })).toBe(true);
    expect(shut({ state: "open", forced: "closed" })).toBe(false);
    expect(shut({ state: "half-open" })).toBe(true);
    expect(shut({ state: "recovering" })).toBe(false);
  });

  it("puts the one that holds most first", () => {
    const both = [breaker({ dependency: "a" }), breaker({ dependency: "b" })];
    const found = findHeldBreakers(both, [line("q", 1, "a"), line("q", 2, "b")]);
    expect(found.map(({ dependency }) => dependency)).toEqual(["b", "a"]);
  });
});
