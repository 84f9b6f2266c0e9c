import type { BoardSnapshot } from "../board/board-snapshot.ts";

/** What goes on by itself: times, the buckets and waits that time fills, and the sentences and figures told of these. */
const moving = new Set(["asOfMs", "atMs", "depthAtMs", "tail", "heldMs", "waitMs", "cause", "facts"]);

/** Whether two readings of the Board differ in nothing but their time. */
export function isSameBoard(one: BoardSnapshot, other: BoardSnapshot): boolean {
  return stands(one) === stands(other);
}

function stands(board: BoardSnapshot): string {
  return JSON.stringify(board, (key, value: unknown) => (moving.has(key) ? undefined : value));
}
