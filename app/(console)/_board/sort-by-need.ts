import type { BoardQueue, BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { findTrouble, troubleKinds } from "./find-trouble.ts";

/** Names of queues: those that need somebody first, the worst kind of trouble before the others, then by name. */
export function sortByNeed(
  queues: readonly BoardQueue[],
  attention: BoardSnapshot["attention"] = null,
): string[] {
  const need = new Map(
    queues.map((queue) => {
      const trouble = findTrouble(queue, attention);
      return [queue.name, trouble ? troubleKinds.indexOf(trouble.kind) : troubleKinds.length] as const;
    }),
  );
  return [...need.keys()].sort((a, b) => (need.get(a) ?? 0) - (need.get(b) ?? 0) || (a < b ? -1 : 1));
}
