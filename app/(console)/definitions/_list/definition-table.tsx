import type { inferRouterOutputs } from "@trpc/server";
import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { definitionWords } from "#app/words/definition-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AppRouter } from "#server/api/root.ts";

type Definition = inferRouterOutputs<AppRouter>["definitions"]["list"]["definitions"][number];

const { head } = definitionWords;
/** From this share of failed attempts on the figure is told in red. */
const alarmingShare = 0.05;

/** Definitions as rows. */
export function DefinitionTable({ definitions }: { definitions: readonly Definition[] }) {
  return (
    <Table label={definitionWords.list}>
      <thead className="max-sm:hidden">
        <tr>
          <Th>{head.name}</Th>
          <Th className="max-lg:hidden">{head.owner}</Th>
          <Th>{head.queue}</Th>
          <Th className="max-md:hidden">{head.priority}</Th>
          <Th className="max-md:hidden">{head.policy}</Th>
          <Th className="max-xl:hidden">{head.guarantee}</Th>
          <Th className="max-lg:hidden">{head.dependencies}</Th>
          <Th end className="max-md:hidden">
            {head.workers}
          </Th>
          <Th end title={definitionWords.hourWhy}>
            {head.runs}
          </Th>
          <Th end title={definitionWords.hourWhy}>
            {head.failing}
          </Th>
        </tr>
      </thead>
      <tbody>
        {definitions.map(({ name, version, paused, spec, workers, hour }) => {
          const failing = hour.runs === 0 ? 0 : hour.failures / hour.runs;
          const policy = typeof spec.retryPolicy === "string" ? spec.retryPolicy : null;
          return (
            <tr
              key={name}
              {...rowProps(name)}
              className="hairline-b hover:bg-hover focus-within:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:py-1"
            >
              <Td className="font-medium">
                <Link
                  href={`/definitions/${encodeURIComponent(name)}`}
                  prefetch={false}
                  title={spec.description}
                  className="hover:underline"
                >
                  {name}
                </Link>{" "}
                <span className="font-normal text-ink-3">v{version}</span>
                {paused ? (
                  <span title={definitionWords.pausedWhy} className="ml-2 font-normal text-gate-stop">
                    {definitionWords.paused}
                  </span>
                ) : null}
              </Td>
              <Td className="text-ink-2 max-lg:hidden">
                <ForeignText text={spec.owner ?? ""} />
              </Td>
              <Td className="max-sm:order-3">
                <Link
                  href={`/queues/${encodeURIComponent(spec.queue)}`}
                  prefetch={false}
                  className="text-ink-2 hover:underline"
                >
                  {spec.queue}
                </Link>
              </Td>
              <Td className="max-md:hidden">
                <PriorityBadge priority={spec.priority} />
              </Td>
              <Td className="max-md:hidden">
                {policy === null ? (
                  <span className="text-ink-3">{definitionWords.ownPolicy}</span>
                ) : (
                  <Link
                    href={`/policies/${encodeURIComponent(policy)}`}
                    prefetch={false}
                    className="text-ink-2 hover:underline"
                  >
                    {policy}
                  </Link>
                )}
              </Td>
              <Td title={definitionWords.guarantees[spec.guarantee]} className="text-ink-2 max-xl:hidden">
                {spec.guarantee}
              </Td>
              <Td className="text-ink-2 max-lg:hidden">
                {spec.dependencies?.join(", ") || (
                  <span className="text-ink-3">{definitionWords.noDependencies}</span>
                )}
              </Td>
              <Td
                end
                title={workers === 0 ? definitionWords.noWorkers : undefined}
                className={cn("max-md:hidden", workers === 0 && "text-gate-stop")}
              >
                {workers}
              </Td>
              <Td end className={cn("max-sm:order-2", hour.runs === 0 && "text-ink-3")}>
                <Figure value={hour.runs} />
              </Td>
              <Td
                end
                className={cn(
                  "max-sm:order-4",
                  failing === 0 && "text-ink-3",
                  failing >= alarmingShare && "text-gate-stop",
                )}
              >
                {definitionWords.share(hour.failures, hour.runs)}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
