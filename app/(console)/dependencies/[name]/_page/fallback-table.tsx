import Link from "next/link";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { DependencyDetail, DependentFallback } from "#server/api/dependencies/dependency-summary.ts";

const { fallbackHead: head } = dependencyWords;

/** What the fallbacks of the definitions did that this dependency held; nothing when none names one. */
export function FallbackTable({ detail: { fallbacks } }: { detail: DependencyDetail }) {
  if (fallbacks.length === 0) return null;
  return (
    <Panel title={dependencyWords.fallbacks} note={dependencyWords.fallbacksNote}>
      <Table label={dependencyWords.fallbacks}>
        <thead>
          <tr>
            <Th>{head.definition}</Th>
            <Th>{head.to}</Th>
            <Th end>{head.took}</Th>
            <Th end>{head.unfit}</Th>
            <Th>{head.now}</Th>
          </tr>
        </thead>
        <tbody>
          {fallbacks.map((each) => (
            <tr key={each.definition} className="hairline-b hover:bg-hover">
              <Td>
                <DefinitionLink name={each.definition} />
              </Td>
              <Td>
                {each.alternate === null ? (
                  dependencyWords.fallbackCached(formatDuration(each.maxAgeMs ?? 0))
                ) : (
                  <DefinitionLink name={each.alternate} />
                )}
              </Td>
              <Td end>{formatCount((each.hold?.diverted ?? 0) + (each.hold?.answered ?? 0))}</Td>
              <Td end>{formatCount(each.hold?.unfit ?? 0)}</Td>
              <Td>
                <NowWord hold={each.hold} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function NowWord({ hold }: Pick<DependentFallback, "hold">) {
  if (hold === null) return <span className="text-ink-3">{dependencyWords.fallbackNever}</span>;
  if (hold.endedMs !== null)
    return (
      <span className="text-ink-3">
        {dependencyWords.fallbackOver} <RelativeTime atMs={hold.endedMs} />
      </span>
    );
  if (hold.undoneBy !== null) return <ForeignText text={dependencyWords.fallbackUndone(hold.undoneBy)} />;
  return hold.bar === null ? (
    dependencyWords.fallbackTakes(hold.unfit)
  ) : (
    <ForeignText text={dependencyWords.fallbackBarred(hold.bar)} />
  );
}

function DefinitionLink({ name }: { name: string }) {
  return (
    <Link href={`/definitions/${encodeURIComponent(name)}`} prefetch={false} className="hover:underline">
      {name}
    </Link>
  );
}
