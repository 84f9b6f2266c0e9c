"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { boardWords } from "#app/words/board-words.ts";
import { queueWords } from "#app/words/queue-words.ts";
import { buttonLook } from "#components/ui/button.tsx";
import { roleCovers } from "#core/access/role.ts";
import { BoardCharts } from "../../../_board/board-charts.tsx";
import { BoardHead } from "../../../_board/board-head.tsx";
import { BoardRow } from "../../../_board/board-row.tsx";
import { findSignal } from "../../../_board/find-signal.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { AutomationTrail } from "../../../_parts/automation-trail.tsx";
import { MissingPage } from "../../../_parts/missing-page.tsx";
import { ObjectHead } from "../../../_parts/object-head.tsx";
import { pollKnown } from "../../../_parts/poll-known.ts";
import { retryUnless } from "../../../_parts/retry-unless.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { DefinitionTable } from "./definition-table.tsx";
import { DrainButton } from "./drain-button.tsx";
import { PauseButton } from "./pause-button.tsx";
import { PressurePanel } from "./pressure-panel.tsx";
import { QueueFailures } from "./queue-failures.tsx";
import { QueueLimits } from "./queue-limits.tsx";
import { QueueState } from "./queue-state.tsx";
import { ReasonsBar } from "./reasons-bar.tsx";
import { TimesCharts } from "./times-charts.tsx";

/** For queues that limit keys, which few do. */
const KeysPanel = dynamic(() => import("./keys-panel.tsx").then((module) => module.KeysPanel), {
  ssr: false,
});
const refetchMs = 3_000;

/** The page of one queue: its track, what is in it, its limits, its charts. */
export function QueueView({ name }: { name: string }) {
  const trpc = useTRPC();
  const mayAct = roleCovers(useRole(), "operator");
  const found = useQuery(
    trpc.queues.get.queryOptions(
      { name },
      {
        refetchInterval: pollKnown(refetchMs),
        retry: retryUnless("not_found"),
      },
    ),
  );
  const board = useQuery(trpc.overview.board.queryOptions());
  const detail = found.data;
  if (!detail) {
    if (found.error?.data?.code !== "not_found") return <Unread query={found} rows={10} />;
    return (
      <MissingPage title={queueWords.notFound} href="/queues" back={queueWords.back}>
        {found.error.message}
      </MissingPage>
    );
  }
  const queue = board.data?.queues.find((each) => each.name === name) ?? detail.queue;
  const reasons = board.data?.reasons[name] ?? detail.reasons;
  const { cause } = findSignal(queue, reasons);
  return (
    <div className="flex flex-col gap-5">
      <ObjectHead
        href="/queues"
        back={queueWords.back}
        title={name}
        acts={
          <>
            <Link href={`/jobs?queue=${encodeURIComponent(name)}`} className={buttonLook({ size: "small" })}>
              {queueWords.jobsIn}
            </Link>
            {mayAct ? (
              <>
                <PauseButton queue={queue} />
                <DrainButton queue={queue} />
              </>
            ) : null}
          </>
        }
      >
        {cause ? <p className="max-w-160 text-ink-2">{queueWords.why[cause]}</p> : null}
        <QueueState queue={queue} reasons={reasons} />
      </ObjectHead>
      <section aria-label={boardWords.title}>
        <BoardHead />
        <ul>
          <BoardRow queue={queue} share={1} reasons={reasons} />
        </ul>
      </section>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-5">
          <ReasonsBar queue={name} reasons={detail.reasons} />
          <DefinitionTable queue={name} definitions={detail.definitions} />
          {queue.fair || queue.maxRunningPerKey !== null ? <KeysPanel queue={queue} /> : null}
          <BoardCharts queue={name} />
          <TimesCharts queue={name} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <QueueLimits queue={queue} updatedAtMs={detail.updatedAtMs} pools={detail.pools} />
          <PressurePanel queue={queue} />
          <QueueFailures queue={name} />
          <AutomationTrail objectKind="queue" objectId={name} />
          <AuditTrail objectKind="queue" objectId={name} />
        </div>
      </div>
    </div>
  );
}
