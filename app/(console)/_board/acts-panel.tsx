"use client";

import Link from "next/link";
import { attentionWords } from "#app/words/attention-words.ts";
import { sayAct } from "#app/words/audit-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { AuditObject } from "../_parts/audit-object.tsx";

/** What was changed last, by whom and why. */
export function ActsPanel({ acts }: { acts: BoardSnapshot["acts"] }) {
  return (
    <Panel
      title={attentionWords.acts}
      note={attentionWords.actsNote}
      aside={
        <Link href="/audit" prefetch={false} className="text-sm text-accent hover:underline">
          {attentionWords.allActs}
        </Link>
      }
    >
      {acts.length === 0 ? <p className="py-2 text-sm text-ink-3">{attentionWords.actsNone}</p> : null}
      <ul>
        {acts.map((act) => (
          <li key={act.seq} className="hairline-b flex flex-wrap gap-x-1.5 py-1 text-sm last:border-0">
            <ForeignText text={act.actor} className="font-medium" />
            <Link prefetch={false} href={`/audit?entry=${act.seq}`} className="hover:underline">
              {sayAct(act)}
            </Link>
            <span>
              <AuditObject kind={act.objectKind} id={act.objectId} />
              {act.reason ? ":" : null}
            </span>
            {act.reason ? <ForeignText text={act.reason} className="min-w-0 text-ink-2" /> : null}
            <RelativeTime atMs={act.atMs} className="ml-auto text-ink-3" />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
