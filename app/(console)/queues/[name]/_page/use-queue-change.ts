"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { queueWords } from "#app/words/queue-words.ts";
import { notify } from "#components/ui/notify.ts";
import type { RateLimit } from "#core/flow/token-bucket.ts";
import type { QueueThresholds } from "#core/pressure/queue-thresholds.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { problemText } from "../../../_parts/problem-text.ts";

/** What the console changes of a queue; what is absent stays. */
export interface QueueChange {
  paused?: boolean;
  pausedUntil?: string | null;
  draining?: boolean;
  maxRunning?: number | null;
  maxRunningPerKey?: number | null;
  fair?: boolean;
  /** Of the keys named; null takes the weight off. */
  keyWeights?: Record<string, number | null>;
  rateLimit?: RateLimit | null;
  thresholds?: QueueThresholds | null;
  pool?: string;
}

/**
 * Changes the gates of a queue and reports it with a way back. `change` resolves to false when it was refused.
 * `standing`: what it has of that which a row of the Board does not tell, where it is changed.
 */
export function useQueueChange(
  queue: BoardQueue,
  standing: { thresholds?: QueueThresholds | null; keyWeights?: Record<string, number | null> } = {},
) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mutation = useMutation(trpc.queues.change.mutationOptions());
  const { name } = queue;
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.queues.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.overview.board.queryKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.pressure.pathKey() }),
    ]);
  const change = async (wanted: QueueChange, reason: string, text: string, detail?: string) => {
    const back = inverse(queue, standing, wanted);
    const done = await mutation.mutateAsync({ name, change: wanted, reason }).catch(() => null);
    if (!done) return false;
    const undo = async () => {
      const undone = await mutation
        .mutateAsync({ name, change: back, reason: queueWords.takenBack })
        .catch((error: Parameters<typeof problemText>[0]) => {
          notify({ text: problemText(error), tone: "error" });
          return null;
        });
      if (undone) notify({ text: queueWords.undone(name) });
      await refresh();
    };
    notify({ text, detail, action: { label: queueWords.undo, onPress: undo } });
    void refresh();
    return true;
  };
  return {
    change,
    pending: mutation.isPending,
    problem: mutation.error ? problemText(mutation.error) : null,
    reset: () => mutation.reset(),
  };
}

/** The change that takes another one back. */
function inverse(
  queue: BoardQueue,
  standing: Parameters<typeof useQueueChange>[1] & object,
  wanted: QueueChange,
): QueueChange {
  const back: QueueChange = {};
  if (wanted.paused !== undefined) {
    back.paused = queue.paused;
    back.pausedUntil = queue.pausedUntilMs === null ? null : new Date(queue.pausedUntilMs).toISOString();
  }
  if (wanted.draining !== undefined) back.draining = queue.drainingSinceMs !== null;
  if (wanted.maxRunning !== undefined) back.maxRunning = queue.maxRunning;
  if (wanted.maxRunningPerKey !== undefined) back.maxRunningPerKey = queue.maxRunningPerKey;
  if (wanted.fair !== undefined) back.fair = queue.fair;
  if (wanted.keyWeights !== undefined) back.keyWeights = standing.keyWeights ?? {};
  if (wanted.rateLimit !== undefined)
    back.rateLimit = queue.rateLimit && { count: queue.rateLimit.count, perMs: queue.rateLimit.perMs };
  if (wanted.thresholds !== undefined) back.thresholds = standing.thresholds ?? null;
  if (wanted.pool !== undefined) back.pool = queue.pool;
  return back;
}
