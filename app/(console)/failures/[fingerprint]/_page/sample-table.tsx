"use client";

import { useKeys } from "#app/_keys/use-keys.ts";
import { rowProps, useRowKeys } from "#app/_keys/use-row-keys.ts";
import { failureWords } from "#app/words/failure-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";
import { JobLink } from "./job-link.tsx";

const { samplesHead: head } = failureWords;

/** The newest failed attempts of the group. */
export function SampleTable({ detail: { samples } }: { detail: GroupDetail }) {
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  if (samples.length === 0) return null;
  return (
    <Panel title={failureWords.samples} note={failureWords.samplesNote}>
      <Table label={failureWords.samples}>
        <thead>
          <tr>
            <Th>{head.when}</Th>
            <Th>{head.job}</Th>
            <Th className="max-md:hidden">{head.definition}</Th>
            <Th className="max-lg:hidden">{head.host}</Th>
            <Th>{head.outcome}</Th>
            <Th className="w-full max-md:hidden">{head.message}</Th>
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr
              key={`${sample.jobId} ${sample.attempt}`}
              {...rowProps(sample.jobId)}
              className="hairline-b hover:bg-hover focus-within:bg-hover"
            >
              <Td className="text-ink-2">
                <RelativeTime atMs={sample.finishedAtMs} />
              </Td>
              <Td>
                <JobLink id={sample.jobId} />{" "}
                <span className="text-ink-3">{failureWords.attempt(sample.attempt)}</span>
              </Td>
              <Td className="max-md:hidden">
                <ForeignText text={sample.definition} />
                {sample.version === null ? null : <span className="text-ink-3"> v{sample.version}</span>}
              </Td>
              <Td className="max-lg:hidden">
                {sample.host === null ? words.none : <ForeignText text={sample.host} />}
              </Td>
              <Td>
                {sample.decision === null
                  ? words.none
                  : (failureWords.decision[sample.decision] ?? sample.decision)}
              </Td>
              <Td className="max-w-0 max-md:hidden">
                <span className="block truncate text-ink-2">
                  {sample.message === null ? null : <ForeignText text={sample.message} />}
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
