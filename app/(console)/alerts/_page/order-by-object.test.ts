import { expect, test } from "vitest";
import { orderByObject } from "./order-by-object.ts";

const about = (objectId: string, id: string, objectKind = "dependency") =>
  ({ objectKind, objectId, id }) as const as { objectKind: "dependency"; objectId: string; id: string };

test("alerts of one object stand together where its first stood, and the order is kept otherwise", () => {
  const listed = orderByObject([
    about("bank", "1"),
    about("mail", "2"),
    about("bank", "3"),
    about("geo", "4"),
  ]);
  expect(listed.map(({ alert, isFurther }) => [alert.id, isFurther])).toEqual([
    ["1", false],
    ["3", true],
    ["2", false],
    ["4", false],
  ]);
});

test("a queue and a dependency of one name are two objects", () => {
  const listed = orderByObject([about("mail", "1"), about("mail", "2", "queue")]);
  expect(listed.map(({ isFurther }) => isFurther)).toEqual([false, false]);
});
