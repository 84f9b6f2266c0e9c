import { expect, test } from "vitest";
import { type AlternateFacts, alternateLine, findFallbackBar } from "./fallback-bar.ts";

const free: AlternateFacts = {
  name: "backup",
  exists: true,
  isPaused: false,
  queue: { name: "q", paused: false },
  heldBy: null,
  serving: 1,
  waiting: 0,
};

test("an alternate that works and has little in line takes over", () => {
  expect(findFallbackBar(free)).toBeNull();
  expect(findFallbackBar({ ...free, waiting: alternateLine - 1 })).toBeNull();
});

test.each([
  [{ exists: false }, "there is no definition backup"],
  [{ isPaused: true }, "backup is paused"],
  [{ queue: { name: "q", paused: true } }, "the queue q of backup is paused"],
  [{ heldBy: "mail" }, "backup is held by the breaker of mail itself"],
  [{ serving: 0 }, "no worker serves backup"],
  [{ waiting: alternateLine }, "backup has 1,000 jobs in line already"],
])("an alternate that cannot run what it is given takes nothing: %o", (change, bar) => {
  expect(findFallbackBar({ ...free, ...change })).toBe(bar);
});
