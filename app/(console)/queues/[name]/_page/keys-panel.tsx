"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { keyWords } from "#app/words/key-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { roleCovers } from "#core/access/role.ts";
import { standardWeight } from "#core/flow/key-weights.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import type { QueueKeys } from "#server/api/board/read-queue-keys.ts";
import { Pager } from "../../../_parts/pager.tsx";
import { Unread } from "../../../_parts/unread.tsx";
import { CountLink } from "../../_list/count-link.tsx";
import { WeightDialog } from "./weight-dialog.tsx";

const refetchMs = 3_000;

/** The concurrency keys of a queue: what each has in line and held, and its share. */
export function KeysPanel({ queue }: { queue: BoardQueue }) {
  const trpc = useTRPC();
  const [after, setAfter] = useQueryState("keysAfter", parseAsString.withOptions({ history: "push" }));
  const found = useQuery(
    trpc.queues.keys.queryOptions(
      { name: queue.name, after: after ?? "" },
      { refetchInterval: refetchMs, placeholderData: keepPreviousData },
    ),
  );
  const mayAct = roleCovers(useRole(), "operator");
  const { data } = found;
  return (
    <Panel title={keyWords.title} aside={mayAct ? <WeightDialog queue={queue} /> : null}>
      {data ? <KeyTable queue={queue} found={data} mayAct={mayAct} /> : <Unread query={found} rows={4} />}
      {data?.keys.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{after ? keyWords.noneAfter : keyWords.none}</p>
      ) : null}
      {!queue.fair && data?.keys.some(({ weight }) => weight !== standardWeight) ? (
        <p className="py-2 text-sm text-ink-3">{keyWords.unfair}</p>
      ) : null}
      <Pager after={after} next={data?.next ?? null} onGo={(next) => void setAfter(next)} />
    </Panel>
  );
}

function KeyTable({
  queue,
  found: { keys, countedTo },
  mayAct,
}: {
  queue: BoardQueue;
  found: QueueKeys;
  mayAct: boolean;
}) {
  const { head } = keyWords;
  if (keys.length === 0) return null;
  const figures = (key: string, states: string, count: number) => (
    <CountLink
      queue={queue.name}
      concurrencyKey={key}
      states={states}
      count={Math.min(count, countedTo)}
      atLeast={count > countedTo}
    />
  );
  return (
    <Table label={keyWords.title}>
      <thead>
        <tr>
          <Th>{head.key}</Th>
          <Th end>{head.taken}</Th>
          <Th end>{head.held}</Th>
          <Th end>{head.weight}</Th>
        </tr>
      </thead>
      <tbody>
        {keys.map(({ key, taken, held, weight }) => (
          <tr key={key} className="hairline-b hover:bg-hover">
            <Td className="w-full">
              <Link
                href={`/jobs?queue=${encodeURIComponent(queue.name)}&concurrencyKey=${encodeURIComponent(key)}`}
                prefetch={false}
                className="font-medium hover:underline"
              >
                <ForeignText text={key} />
              </Link>
            </Td>
            {figures(key, "available,running", taken)}
            {figures(key, "held", held)}
            <Td end className={cn("font-mono", weight === standardWeight && "text-ink-3")}>
              {mayAct ? <WeightDialog queue={queue} keyName={key} weight={weight} /> : weight}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
