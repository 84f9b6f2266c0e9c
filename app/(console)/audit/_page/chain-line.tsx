"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { auditWords } from "#app/words/audit-words.ts";
import { formatExactCount } from "#components/domain/format-count.ts";
import { formatAge } from "#components/domain/format-duration.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import { cn } from "#components/ui/cn.ts";
import { CommandLine } from "#components/ui/command-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

const refetchMs = 30_000;
/** The dispatcher checks each minute. */
const staleMs = 180_000;
const { chain: told } = auditWords;

/** Whether the chain of entries is whole, as the dispatcher last found it, and how to prove it. */
export function ChainLine() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.audit.chain.queryOptions(undefined, { refetchInterval: refetchMs }));
  const nowMs = useNowMs();
  const [open, setOpen] = useState(false);
  if (!data) return <p className="h-5" />;
  const { fault, checkedAtMs, entries, wholeSeq, anchoredSeq } = data;
  const newer = entries - wholeSeq;
  const lateMs = checkedAtMs === null || nowMs === 0 ? 0 : nowMs - checkedAtMs;
  const said =
    fault !== null
      ? [told.broken(fault.text)]
      : checkedAtMs === null
        ? [told.never]
        : [
            told.whole(formatClock(checkedAtMs), formatExactCount(wholeSeq)),
            lateMs > staleMs
              ? told.stale(formatAge(lateMs))
              : newer > 0
                ? told.ahead(formatExactCount(newer))
                : anchoredSeq > 0
                  ? told.anchored(formatExactCount(anchoredSeq))
                  : told.unanchored,
          ];
  return (
    <div
      role={fault === null ? undefined : "alert"}
      className={cn(
        "text-sm text-ink-3",
        fault !== null && "font-medium text-danger",
        fault === null && (checkedAtMs === null || lateMs > staleMs) && "text-gate-caution",
      )}
    >
      {said.join(" · ")} ·{" "}
      <button type="button" className="text-accent hover:underline" onClick={() => setOpen(true)}>
        {told.how}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={told.howTitle} description={told.howText} wide>
        <div className="flex flex-col gap-3 pb-1 font-normal text-ink-2">
          <CommandLine command="signalbox audit verify --anchors audit-anchors.jsonl" />
          {fault === null ? null : <p>{told.howBroken}</p>}
        </div>
      </Dialog>
    </div>
  );
}
