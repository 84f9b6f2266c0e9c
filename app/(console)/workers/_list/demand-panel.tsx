"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#app/_trpc/react.tsx";
import { workerWords } from "#app/words/worker-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { WorkerDemand } from "#server/api/workers/view-demand.ts";

const refetchMs = 5_000;
const { demand: told } = workerWords;

/** How many workers each pool wants, against how many there are; nothing while nobody works. */
export function DemandPanel() {
  const trpc = useTRPC();
  const demand = useQuery(trpc.workers.demand.queryOptions(undefined, { refetchInterval: refetchMs }));
  const pools = demand.data ?? [];
  if (pools.length === 0) return null;
  return (
    <Panel
      title={told.title}
      note={told.note}
      aside={
        <Link href="/settings/scaling" prefetch={false} className="text-sm text-accent hover:underline">
          {told.limits}
        </Link>
      }
    >
      <Table label={told.title}>
        <thead>
          <tr>
            <Th>{told.head.pool}</Th>
            <Th className="w-full max-md:hidden">{told.head.definitions}</Th>
            <Th end>{told.head.wanted}</Th>
            <Th end>{told.head.workers}</Th>
            <Th end title={told.slotsWhy}>
              {told.head.slots}
            </Th>
            <Th end title={told.loadWhy} className="max-sm:hidden">
              {told.head.load}
            </Th>
            <Th className="max-sm:hidden">{told.head.forClass}</Th>
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => (
            <DemandRow key={`${pool.pool} ${pool.definitions[0]}`} demand={pool} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function DemandRow({ demand }: { demand: WorkerDemand }) {
  const { pool, definitions, workers, slots, wantedWorkers, wantedSlots, load, forClass } = demand;
  const isShort = wantedWorkers > workers;
  return (
    <tr className="hairline-b">
      <Td>
        <ForeignText text={pool} />
      </Td>
      <Td className="max-w-0 truncate text-ink-2 max-md:hidden">
        <ForeignText text={definitions.join(", ")} />
      </Td>
      <Td end className={cn(isShort && "font-semibold text-gate-caution")}>
        {formatCount(wantedWorkers)}
      </Td>
      <Td end>{formatCount(workers)}</Td>
      <Td end>{wantedSlots === null ? told.unknown : told.slotsOf(wantedSlots, slots)}</Td>
      <Td end className="max-sm:hidden">
        {load === null ? words.none : told.load(load)}
      </Td>
      <Td className="max-sm:hidden">
        {forClass === null ? words.none : <PriorityBadge priority={forClass} />}
      </Td>
    </tr>
  );
}
