import { boardWords } from "#app/words/board-words.ts";
import { queueWords } from "#app/words/queue-words.ts";
import { SignalGate } from "#components/domain/signal-gate.tsx";
import { cn } from "#components/ui/cn.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { findSignal, type QueueReasons } from "../../_board/find-signal.ts";

/** The signal of a queue with its word. */
export function SignalWord({ queue, reasons }: { queue: BoardQueue; reasons: QueueReasons | undefined }) {
  const { aspect, cause } = findSignal(queue, reasons);
  const tone = { open: "text-ink-3", caution: "text-gate-caution", stop: "text-gate-stop" }[aspect];
  return (
    <span title={cause ? queueWords.why[cause] : undefined} className={cn("flex items-center gap-2", tone)}>
      <span className="flex w-1.5 justify-center">
        <SignalGate aspect={aspect} className="h-4" />
      </span>
      {cause ? boardWords.cause[cause] : queueWords.clear}
    </span>
  );
}
