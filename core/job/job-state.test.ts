import { describe, expect, it } from "vitest";
import {
  canTransition,
  isTerminal,
  isWaiting,
  jobStates,
  legalTransitions,
  retryableByOperator,
  transitionKinds,
} from "./job-state.ts";

describe("job states", () => {
  it("names every pair once, with states and causes that exist", () => {
    const pairs = legalTransitions.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { from, to, by } of legalTransitions) {
      if (from !== null) expect(jobStates).toContain(from);
      expect(jobStates).toContain(to);
      expect(by.length).toBeGreaterThan(0);
      for (const kind of by) expect(transitionKinds).toContain(kind);
    }
  });

  it("allows exactly the pairs of the table, for exactly their causes", () => {
    for (const from of [null, ...jobStates]) {
      for (const to of jobStates) {
        const row = legalTransitions.find((transition) => transition.from === from && transition.to === to);
        expect(canTransition(from, to)).toBe(row !== undefined);
        for (const kind of transitionKinds) {
          expect(canTransition(from, to, kind)).toBe(row?.by.includes(kind) ?? false);
        }
      }
    }
  });

  it("uses every cause, reaches every state from a submit and an end from every state", () => {
    expect(new Set(legalTransitions.flatMap(({ by }) => by))).toEqual(new Set(transitionKinds));
    const reachable = new Set(jobStates.filter((state) => canTransition(null, state)));
    for (const state of reachable) {
      for (const to of jobStates) if (canTransition(state, to)) reachable.add(to);
    }
    expect(reachable).toEqual(new Set(jobStates));
    for (const state of jobStates) {
      if (!isTerminal(state))
        expect(jobStates.some((to) => isTerminal(to) && canTransition(state, to))).toBe(true);
    }
  });

  it("lets nothing out of completed, and only an operator's retry or recall out of dead and cancelled", () => {
    expect(jobStates.filter((to) => canTransition("completed", to))).toEqual([]);
    for (const from of ["dead", "cancelled"] as const) {
      const causes = legalTransitions.filter((row) => row.from === from).flatMap(({ by }) => by);
      expect(new Set(causes)).toEqual(new Set(["retried", "restored"]));
    }
  });

  it("runs only what was available, and lets an operator retry from four states", () => {
    expect(legalTransitions.filter(({ to }) => to === "running").map(({ from }) => from)).toEqual([
      "available",
    ]);
    expect([...retryableByOperator].sort()).toEqual(["cancelled", "dead", "retryable", "scheduled"]);
  });

  it("makes every state waiting, running or an end, and only one of them", () => {
    for (const state of jobStates) {
      expect([isWaiting(state), state === "running", isTerminal(state)].filter(Boolean)).toHaveLength(1);
    }
  });
});
