import { expect, test } from "vitest";
import { formatTable } from "./format-table.ts";

test("columns are as wide as their widest cell, and there is no head without rows", () => {
  expect(
    formatTable(
      ["id", "name"],
      [
        ["1", "a"],
        ["1000", "b"],
      ],
    ),
  ).toEqual(["id    name", "1     a", "1000  b"]);
  expect(formatTable(["id"], [])).toEqual([]);
});

test("what came from elsewhere cannot steer the terminal", () => {
  expect(formatTable(["x"], [["\u001b[31mred\u001b[0m\r\n\u0007"]])[1]).toBe("red\uFFFD\uFFFD\uFFFD");
});
