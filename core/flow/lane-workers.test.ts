import { expect, it } from "vitest";
import { findLaneWorkers, type WorkerGroup } from "./lane-workers.ts";

const group = (more: Partial<WorkerGroup> = {}): WorkerGroup => ({
  ...{ pool: "default", callsTargets: false, definitions: ["send"], state: "active" },
  ...{ workers: 2, slots: 20, running: 3 },
  ...more,
});
const place = { pool: "default", definition: "send", target: "worker" } as const;

it("counts who serves a lane, who drains, who serves other work in its pool, and which other pools serve it", () => {
  const groups = [
    group(),
    group({ state: "draining", workers: 1 }),
    group({ state: "ejected", workers: 3 }),
    group({ definitions: ["other"], workers: 4 }),
    group({ pool: "us" }),
    group({ pool: "eu", state: "draining" }),
    group({ pool: "asia", definitions: ["other"] }),
    group({ callsTargets: true, workers: 9 }),
  ];
  expect(findLaneWorkers(groups, place)).toEqual({
    ...{ serving: 2, slots: 20, busy: 3, draining: 1, ejected: 3, others: 4 },
    elsewhere: ["us"],
  });
});

it("gives HTTP targets to dispatchers of every pool and to nobody else", () => {
  const groups = [group(), group({ callsTargets: true, pool: "elsewhere", definitions: [], workers: 1 })];
  expect(findLaneWorkers(groups, { ...place, target: "http" })).toMatchObject({ serving: 1, others: 0 });
  expect(findLaneWorkers([group()], { ...place, target: "http" })).toMatchObject({
    serving: 0,
    elsewhere: [],
  });
});
