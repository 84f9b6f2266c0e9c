"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { auditWords, sayAct } from "#app/words/audit-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatExactInstant } from "#components/domain/format-instant.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { SidePanel } from "#components/ui/side-panel.tsx";
import { AuditObject } from "../../_parts/audit-object.tsx";
import { retryUnless } from "../../_parts/retry-unless.ts";
import { Unread } from "../../_parts/unread.tsx";

/** One entry beside the list: who, what, when, why, and what it changed. */
export function AuditEntryPanel({ seq, onClose }: { seq: number; onClose: () => void }) {
  const trpc = useTRPC();
  const found = useQuery(
    trpc.audit.get.queryOptions(
      { seq },
      {
        staleTime: Number.POSITIVE_INFINITY,
        retry: retryUnless("not_found"),
      },
    ),
  );
  const entry = found.data;
  const nothing = entry && entry.before === null && entry.after === null;
  return (
    <SidePanel
      open
      onClose={onClose}
      title={
        <span className="flex items-center gap-1">
          {auditWords.entry(seq)}
          <CopyButton text={`${window.location.origin}/audit?entry=${seq}`} label={auditWords.link} />
        </span>
      }
    >
      {entry ? (
        <div className="flex flex-col gap-4">
          <p className="text-base">
            <ForeignText text={entry.actor} className="font-medium" /> {sayAct(entry)}{" "}
            <AuditObject kind={entry.objectKind} id={entry.objectId} values={[entry.after, entry.before]} />{" "}
            <RelativeTime atMs={entry.atMs} className="text-ink-3" />
          </p>
          <dl>
            <Fact name={auditWords.at}>{formatExactInstant(entry.atMs)}</Fact>
            <Fact name={auditWords.action}>
              <ForeignText text={entry.action} className="font-mono" />
            </Fact>
            <Fact name={auditWords.reason}>
              {entry.reason ? (
                <ForeignText text={entry.reason} />
              ) : (
                <span className="text-ink-3">{auditWords.noReason}</span>
              )}
            </Fact>
            <Fact name={auditWords.hash}>
              <span className="flex items-center gap-1">
                <span className="font-mono">{entry.hash.slice(0, 16)}…</span>
                <CopyButton text={entry.hash} label={auditWords.hash} />
              </span>
            </Fact>
          </dl>
          <section aria-label={auditWords.changes}>
            <h3 className="pb-1 text-sm text-ink-3">{auditWords.changes}</h3>
            {nothing ? (
              <p className="text-sm text-ink-3">{auditWords.noValues}</p>
            ) : (
              <DiffView before={entry.before ?? {}} after={entry.after ?? {}} />
            )}
          </section>
        </div>
      ) : (
        <Unread query={found} rows={6} />
      )}
    </SidePanel>
  );
}
