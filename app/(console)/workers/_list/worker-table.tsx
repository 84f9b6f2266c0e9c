"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { boardWords } from "#app/words/board-words.ts";
import { workerWords } from "#app/words/worker-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatAge, formatDuration } from "#components/domain/format-duration.ts";
import { useNowMs } from "#components/domain/now.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { SlotTrack } from "#components/domain/slot-track.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import { roleCovers } from "#core/access/role.ts";
import type { WorkerSummary } from "#server/api/routers/workers.ts";
import { DrainWorkerButton } from "./drain-worker-button.tsx";
import type { WorkerFlag } from "./find-flags.ts";

const { head } = workerWords;
const servedShown = 3;
/** An event loop blocked for longer than this makes heartbeats late, ms. */
const laggingMs = 200;
/** Heartbeats may be this many of their intervals late before it is said. */
const lateIntervals = 1.8;

/** Workers as rows. */
export function WorkerTable({
  label,
  workers,
  flags,
}: {
  label: string;
  workers: readonly WorkerSummary[];
  flags: ReadonlyMap<string, readonly WorkerFlag[]>;
}) {
  const mayAct = roleCovers(useRole(), "operator");
  const ended = workers.every((worker) => worker.endedAtMs !== null);
  return (
    <Table label={label}>
      <thead className="max-sm:hidden">
        <tr>
          <Th>{head.state}</Th>
          <Th>{head.host}</Th>
          <Th className="max-md:hidden">{head.worker}</Th>
          <Th className="max-lg:hidden">{head.pool}</Th>
          <Th className="max-lg:hidden">{head.transport}</Th>
          <Th className="min-w-40">{head.slots}</Th>
          <Th end>{head.heartbeat}</Th>
          <Th end title={workerWords.lagWhy} className="max-md:hidden">
            {head.lag}
          </Th>
          <Th className="w-full max-md:hidden">{ended ? workerWords.why : head.serves}</Th>
          <Th className="max-lg:hidden">{head.version}</Th>
          <Th end className="max-lg:hidden">
            {head.started}
          </Th>
          {mayAct && !ended ? (
            <Th end unseen>
              {workerWords.acts}
            </Th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => (
          <WorkerTableRow
            key={worker.id}
            worker={worker}
            flags={flags.get(worker.id) ?? []}
            mayAct={mayAct}
          />
        ))}
      </tbody>
    </Table>
  );
}

function WorkerTableRow({
  worker,
  flags,
  mayAct,
}: {
  worker: WorkerSummary;
  flags: readonly WorkerFlag[];
  mayAct: boolean;
}) {
  const nowMs = useNowMs();
  const ended = worker.endedAtMs !== null;
  const silentMs = nowMs === 0 ? 0 : nowMs - worker.heartbeatAtMs;
  const silent = !ended && silentMs > worker.heartbeatMs * lateIntervals;
  const tone =
    worker.state === "lost" || silent
      ? "text-gate-stop"
      : worker.state === "draining"
        ? "text-gate-caution"
        : "";
  return (
    <tr
      {...rowProps(worker.id)}
      className="hairline-b hover:bg-hover focus-within:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:py-1"
    >
      <Td
        title={silent ? workerWords.silentWhy : workerWords.stateWhy[worker.state]}
        className={cn("max-sm:order-2 max-sm:text-right", tone)}
      >
        {silent ? workerWords.silent : workerWords.state[worker.state]}
      </Td>
      <Td>
        <Link href={`/workers/${worker.id}`} prefetch={false} className="font-medium hover:underline">
          <ForeignText text={worker.host} />
        </Link>
        {worker.pid === null ? null : <span className="text-ink-3"> {workerWords.pid(worker.pid)}</span>}
      </Td>
      <Td className="font-mono text-ink-2 max-md:hidden">{worker.id}</Td>
      <Td className="text-ink-2 max-lg:hidden">{worker.pool}</Td>
      <Td className="text-ink-2 max-lg:hidden">{worker.transport}</Td>
      <Td className="max-sm:order-3">
        {ended ? (
          <span className="text-ink-3">{worker.concurrency}</span>
        ) : (
          <SlotTrack
            filled={worker.running}
            slots={worker.concurrency}
            label={boardWords.slots(worker.running, worker.concurrency)}
          />
        )}
      </Td>
      <Td end className={cn("text-ink-2 max-sm:order-4", silent && "text-gate-stop")}>
        {ended ? <RelativeTime atMs={worker.endedAtMs} /> : words.ago(formatAge(silentMs))}
      </Td>
      <Td
        end
        className={cn("text-ink-2 max-md:hidden", (worker.loopLagMs ?? 0) > laggingMs && "text-gate-caution")}
      >
        {worker.loopLagMs === null || ended ? words.none : formatDuration(worker.loopLagMs)}
      </Td>
      <Td
        className={cn(
          "text-ink-2",
          ended || flags.length > 0 ? "max-sm:order-6 max-sm:col-span-2 sm:max-md:hidden" : "max-md:hidden",
        )}
        title={ended ? undefined : worker.definitions.join(", ")}
      >
        {ended ? <span className={tone}>{whyEnded(worker)}</span> : null}
        {flags.map((flag) => (
          <span
            key={flag.word}
            title={flag.why}
            className="mr-2 rounded-sm bg-track px-1 text-sm font-medium text-gate-caution"
          >
            {flag.word}
          </span>
        ))}
        {(ended ? [] : worker.definitions).slice(0, servedShown).map((name, index) => (
          <span key={name}>
            {index > 0 ? ", " : ""}
            <Link
              href={`/jobs?definition=${encodeURIComponent(name)}`}
              prefetch={false}
              className="hover:underline"
            >
              {name}
            </Link>
          </span>
        ))}
        {!ended && worker.definitions.length > servedShown ? (
          <span className="text-ink-3">
            {" "}
            {workerWords.moreServed(worker.definitions.length - servedShown)}
          </span>
        ) : null}
      </Td>
      <Td className="text-ink-3 max-lg:hidden">
        {worker.version ? <ForeignText text={worker.version} /> : words.none}
      </Td>
      <Td end className="text-ink-3 max-lg:hidden">
        <RelativeTime atMs={worker.startedAtMs} />
      </Td>
      {mayAct && !ended ? (
        <Td end className="max-sm:order-5 max-sm:col-start-2">
          <DrainWorkerButton worker={worker} />
        </Td>
      ) : null}
    </tr>
  );
}

/** Why a worker is no more, in words. */
function whyEnded({ state, endedAtMs, heartbeatAtMs, takenBack }: WorkerSummary): string {
  if (state !== "lost") return workerWords.stoppedWhy(takenBack);
  return workerWords.lostWhy((endedAtMs ?? heartbeatAtMs) - heartbeatAtMs, takenBack);
}
