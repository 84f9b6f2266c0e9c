import type { BoardSnapshot } from "../board/board-snapshot.ts";

/** What goes on by itself: times, and the buckets that time fills. */
const moving = new Set(["asOfMs", "atMs", "depthAtMs", "tail"]);

/** Whether two readings of the Board differ in nothing but their time. */
export function isSameBoard(one: BoardSnapshot, other: BoardSnapshot): boolean {
  return stands(one) === stands(other);
}

function stands(board: BoardSnapshot): string {
  return JSON.stringify(board, (key, value: unknown) => (moving.has(key) ? undefined : value));
}
