"use client";

import Link from "next/link";
import { failureWords } from "#app/words/failure-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";

const { affectedHead: head } = failureWords;

/** The definitions, versions and queues that the group hit. */
export function AffectedTable({ detail: { affected, group } }: { detail: GroupDetail }) {
  if (affected.length === 0) return null;
  return (
    <Panel title={failureWords.affected} note={failureWords.affectedNote}>
      <Table label={failureWords.affected}>
        <thead>
          <tr>
            <Th className="w-full">{head.definition}</Th>
            <Th end>{head.version}</Th>
            <Th>{head.queue}</Th>
            <Th end>{head.failures}</Th>
            <Th end>{head.deaths}</Th>
          </tr>
        </thead>
        <tbody>
          {affected.map(({ definition, version, queue, live, failures, deaths }) => (
            <tr key={`${definition} ${version} ${queue}`} className="hairline-b hover:bg-hover">
              <Td>
                <Link
                  href={`/jobs?failureGroup=${group.fingerprint}&definition=${encodeURIComponent(definition)}`}
                  prefetch={false}
                  className="hover:underline"
                >
                  <ForeignText text={definition} />
                </Link>
              </Td>
              <Td end>
                {live ? (
                  <span title={failureWords.liveWhy} className="mr-2 text-ink-3">
                    {failureWords.live}
                  </span>
                ) : null}
                v{version}
              </Td>
              <Td>
                <Link
                  href={`/queues/${encodeURIComponent(queue)}`}
                  prefetch={false}
                  className="hover:underline"
                >
                  <ForeignText text={queue} />
                </Link>
              </Td>
              <Td end>
                <Figure value={failures} />
              </Td>
              <Td end>
                <Figure value={deaths} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
