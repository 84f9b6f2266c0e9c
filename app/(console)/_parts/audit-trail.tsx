"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#app/_trpc/react.tsx";
import { auditWords, sayActAlone } from "#app/words/audit-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Unread } from "./unread.tsx";

const refetchMs = 15_000;

/** Who last changed an object, and why: 'paused by ann 12 min ago: deploy', each leading to its entry. */
export function AuditTrail({
  objectKind,
  objectId,
  limit = 5,
}: {
  objectKind: string;
  objectId: string;
  /** Entries shown, 1 to 50. */
  limit?: number;
}) {
  const trpc = useTRPC();
  const found = useQuery(
    trpc.audit.ofObject.queryOptions({ objectKind, objectId, limit }, { refetchInterval: refetchMs }),
  );
  const entries = found.data?.entries ?? [];
  const all = `/audit?kind=${encodeURIComponent(objectKind)}&object=${encodeURIComponent(objectId)}`;
  return (
    <Panel
      title={auditWords.trail}
      aside={
        found.data?.nextCursor ? (
          <Link href={all} prefetch={false} className="text-sm text-accent hover:underline">
            {auditWords.trailMore}
          </Link>
        ) : null
      }
    >
      {found.data ? (
        entries.length === 0 ? (
          <p className="py-2 text-sm text-ink-3">{auditWords.trailNone}</p>
        ) : (
          <ul>
            {entries.map((entry) => (
              <li key={entry.seq} className="hairline-b py-1 text-sm last:border-0">
                <Link href={`/audit?entry=${entry.seq}`} prefetch={false} className="hover:underline">
                  {sayActAlone(entry)} {auditWords.by}{" "}
                  <ForeignText text={entry.actor} className="font-medium" />
                </Link>{" "}
                <RelativeTime atMs={entry.atMs} className="text-ink-3" />
                {entry.reason ? (
                  <span className="text-ink-2">
                    : <ForeignText text={entry.reason} />
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        )
      ) : (
        <Unread query={found} rows={2} />
      )}
    </Panel>
  );
}
