import { expect, test } from "vitest";
import { alternatesFirst } from "./alternates-first.ts";

const job = (name: string, definition?: string) => ({
  name,
  body: definition === undefined ? {} : { fallback: { definition } },
});
const order = (...jobs: ReturnType<typeof job>[]) => alternatesFirst(jobs).map(({ name }) => name);

test("a definition is registered after the one that it falls back to, whatever the order in code", () => {
  expect(order(job("charge", "backup"), job("other"), job("backup", "paper"), job("paper"))).toEqual([
    "paper",
    "backup",
    "charge",
    "other",
  ]);
});

test("a fallback that other code registers, and a circle, leave every definition in once", () => {
  expect(order(job("charge", "elsewhere"))).toEqual(["charge"]);
  expect(order(job("a", "b"), job("b", "a")).sort()).toEqual(["a", "b"]);
});
