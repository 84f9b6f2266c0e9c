import { expect, test } from "vitest";
import type { BoardSnapshot } from "../board/board-snapshot.ts";
import { isSameBoard } from "./is-same-board.ts";

const board = (more: object) =>
  ({
    ...{ asOfMs: 1, depthAtMs: 1, tail: [{ atMs: 0, started: 0 }] },
    ...{ queues: [{ name: "mail", waiting: [0, 1, 0, 0, 0], running: 0 }], fleet: { running: 0 } },
    attention: { atMs: 1, stuck: [{ jobId: "7", heldMs: 100 }] },
    ...more,
  }) as unknown as BoardSnapshot;

test("two readings of which only the times differ are the same", () => {
  const later = board({
    ...{ asOfMs: 9, depthAtMs: 8, tail: [{ atMs: 10, started: 0 }] },
    attention: { atMs: 9, stuck: [{ jobId: "7", heldMs: 4_100 }] },
  });
  expect(isSameBoard(board({}), later)).toBe(true);
});

test("a job that moves, a slot that is taken and another stuck job make a difference", () => {
  for (const more of [
    { queues: [{ name: "mail", waiting: [0, 2, 0, 0, 0], running: 0 }] },
    { fleet: { running: 1 } },
    { attention: { atMs: 1, stuck: [{ jobId: "8", heldMs: 100 }] } },
  ])
    expect(isSameBoard(board({}), board(more))).toBe(false);
});
