"use client";

import Link from "next/link";
import { failureWords } from "#app/words/failure-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";

/** When, where and by which rule. */
export function GroupFacts({ detail: { group, deaths, first, rule, hosts } }: { detail: GroupDetail }) {
  return (
    <Panel title={failureWords.times} note={failureWords.total(group.attempts, deaths)}>
      <dl>
        <Fact name={failureWords.firstSeen}>
          <RelativeTime atMs={group.firstSeenMs} />,{" "}
          <span className="text-ink-3">{failureWords.seenIn(first.definition, first.version)}</span>
        </Fact>
        <Fact name={failureWords.lastSeen}>
          <RelativeTime atMs={group.lastSeenMs} />
        </Fact>
        <Fact name={failureWords.origin} why={failureWords.originWhy}>
          {failureWords.origins[group.origin] ?? group.origin}
        </Fact>
        <Fact name={failureWords.dependency}>
          {group.dependency ? (
            <Link
              href={`/failures?dependency=${encodeURIComponent(group.dependency)}`}
              prefetch={false}
              className="font-mono text-accent hover:underline"
            >
              <ForeignText text={group.dependency} />
            </Link>
          ) : null}
        </Fact>
        <Fact name={failureWords.rule}>
          {rule ? (
            <span title={rule.id}>
              <ForeignText text={rule.name} />{" "}
              <span className="text-ink-3">
                ({rule.builtIn ? failureWords.ruleBuiltIn : failureWords.ruleOwn})
              </span>
            </span>
          ) : (
            <span className="text-ink-3">{failureWords.ruleNone}</span>
          )}
        </Fact>
        <Fact name={failureWords.hosts} why={failureWords.hostsNote}>
          {hosts.length === 0
            ? null
            : hosts.map(({ host, failures }, index) => (
                <span key={host ?? ""}>
                  {index > 0 ? ", " : ""}
                  {host === null ? failureWords.noHost : <ForeignText text={host} />}{" "}
                  <span className="text-ink-3">{formatCount(failures)}</span>
                </span>
              ))}
        </Fact>
      </dl>
    </Panel>
  );
}
