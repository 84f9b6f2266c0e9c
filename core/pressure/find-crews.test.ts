import { describe, expect, it } from "vitest";
import { findCrews, type ServedLane, type ServingGroup } from "./find-crews.ts";

const lane = (id: number, definition: string, more: Partial<ServedLane> = {}): ServedLane => ({
  ...{ id, definition, pool: "default", callsTarget: false },
  ...more,
});
const group = (definitions: string[], slots: number, more: Partial<ServingGroup> = {}): ServingGroup => ({
  ...{ pool: "default", callsTargets: false, definitions, state: "active", workers: 1, slots },
  ...more,
});

describe("crews", () => {
  it("are apart where nobody serves both, and one where somebody does", () => {
    const lanes = [lane(1, "mail"), lane(2, "image"), lane(3, "report")];
    const apart = findCrews(lanes, [group(["mail"], 4), group(["image", "report"], 6)]);
    expect(apart.map(({ lanes, slots }) => [lanes, slots])).toEqual([
      [[1], 4],
      [[2, 3], 6],
    ]);
    const joined = findCrews(lanes, [group(["mail"], 4), group(["image"], 6), group(["mail", "image"], 1)]);
    expect(joined).toEqual([
      {
        key: "default image",
        pool: "default",
        definitions: ["image", "mail"],
        lanes: [1, 2],
        workers: 3,
        slots: 11,
      },
    ]);
  });

  it("do not cross pools, and leave out draining workers and lanes that nobody serves", () => {
    const lanes = [lane(1, "mail"), lane(2, "mail", { pool: "eu" })];
    expect(findCrews(lanes, [group(["mail"], 4), group(["mail"], 9, { state: "draining" })])).toEqual([
      { key: "default mail", pool: "default", definitions: ["mail"], lanes: [1], workers: 1, slots: 4 },
    ]);
  });

  it("have HTTP targets of all pools in one, called by the dispatchers", () => {
    const lanes = [
      lane(1, "hook", { callsTarget: true }),
      lane(2, "ping", { callsTarget: true, pool: "eu" }),
    ];
    const dispatchers = group([], 20, { pool: "http", callsTargets: true });
    expect(findCrews(lanes, [dispatchers])).toMatchObject([{ pool: null, lanes: [1, 2], slots: 20 }]);
    expect(findCrews(lanes, [group(["hook"], 20)])).toEqual([]);
  });
});
