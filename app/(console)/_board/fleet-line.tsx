import Link from "next/link";
import { boardWords } from "#app/words/board-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { BoardFleet } from "#server/api/board/board-snapshot.ts";

/** The workers in a line: how many live, how busy, and what is not as it should be. */
export function FleetLine({ fleet }: { fleet: BoardFleet }) {
  return (
    <p className="pl-6 text-sm text-ink-2">
      <Link
        prefetch={false}
        href="/workers"
        className={cn("hover:underline", fleet.workers === 0 && "text-gate-stop")}
      >
        {fleet.workers === 0 ? boardWords.noWorkers : boardWords.workersLive(fleet.workers)}
      </Link>
      {fleet.workers > 0 ? ` · ${boardWords.slotsBusy(fleet.running, fleet.slots)}` : ""}
      {fleet.draining > 0 ? ` · ${boardWords.draining(fleet.draining)}` : ""}
    </p>
  );
}
