import Link from "next/link";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { DependencyDetail } from "#server/api/dependencies/dependency-summary.ts";
import { CountLink } from "../../../queues/_list/count-link.tsx";

const { laneHead } = dependencyWords;

/** Where the jobs stand that need a dependency, queue by queue; every figure leads to them. */
export function HeldTable({ detail: { lanes, held } }: { detail: DependencyDetail }) {
  const title = held > 0 ? dependencyWords.where : dependencyWords.whereFree;
  return (
    <Panel title={title} note={dependencyWords.whereNote}>
      {lanes.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{dependencyWords.whereNone}</p>
      ) : (
        <Table label={title}>
          <thead>
            <tr>
              <Th>{laneHead.queue}</Th>
              <Th>{laneHead.definition}</Th>
              <Th end>{held > 0 ? laneHead.held : laneHead.waiting}</Th>
              <Th end>{laneHead.retryable}</Th>
              <Th end>{laneHead.running}</Th>
            </tr>
          </thead>
          <tbody>
            {lanes.map(({ queue, definition, waiting, retryable, running }) => (
              <tr key={`${queue} ${definition}`} className="hairline-b hover:bg-hover">
                <Td>
                  <Link
                    href={`/queues/${encodeURIComponent(queue)}`}
                    prefetch={false}
                    className="hover:underline"
                  >
                    {queue}
                  </Link>
                </Td>
                <Td>
                  <Link
                    href={`/definitions/${encodeURIComponent(definition)}`}
                    prefetch={false}
                    className="hover:underline"
                  >
                    {definition}
                  </Link>
                </Td>
                <CountLink queue={queue} definition={definition} states="available,held" count={waiting} />
                <CountLink queue={queue} definition={definition} states="retryable" count={retryable} />
                <CountLink queue={queue} definition={definition} states="running" count={running} />
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
