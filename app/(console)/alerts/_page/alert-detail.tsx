"use client";

import { useQuery } from "@tanstack/react-query";
import { BookOpen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Fact } from "#components/ui/fact.tsx";
import type { AlertView } from "#server/api/routers/alerts.ts";
import { AlertObject } from "./alert-object.tsx";
import { AlertValue } from "./alert-value.tsx";

const productRunbooks = "docs/runbooks/";

/** What was measured, what it is not, what to do about it, and whether it happened before. */
export function AlertDetail({ id, alert }: { id: string; alert: AlertView }) {
  const { evidence, ruledOut, whatToDo, runbook, objectKind, objectId } = alert;
  const measured = evidence.filter(({ unit, value }) => unit !== objectKind || value !== objectId);
  const isOwners = /^https?:\/\//.test(runbook);
  return (
    <div
      id={id}
      className="grid gap-x-8 gap-y-4 pt-2 pb-1 pl-6 max-sm:pl-0 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]"
    >
      <section aria-label={alertWords.evidence}>
        <dl>
          <Fact name={alertWords.about}>
            <AlertObject kind={objectKind} id={objectId} />
          </Fact>
          {measured.map((each) => (
            <Fact key={`${each.label} ${each.value}`} name={each.label}>
              <AlertValue evidence={each} />
            </Fact>
          ))}
        </dl>
      </section>
      <div className="flex min-w-0 flex-col gap-3">
        <Sentences title={alertWords.whatToDo} sentences={whatToDo} ordered />
        <Sentences title={alertWords.ruledOut} sentences={ruledOut} />
        <p className="flex items-center gap-1.5 text-sm text-ink-2">
          <BookOpen aria-hidden className="size-3.5 text-ink-3" />
          {isOwners ? (
            <a href={runbook} target="_blank" rel="noreferrer noopener" className="hover:underline">
              {alertWords.ownersRunbook}
            </a>
          ) : (
            <span>
              {alertWords.runbook}{" "}
              <code className="font-mono">{`${productRunbooks}${runbook.replace("#", ".md#")}`}</code>
            </span>
          )}
        </p>
        <Earlier alert={alert} />
      </div>
    </div>
  );
}

function Sentences({
  title,
  sentences,
  ordered = false,
}: {
  title: string;
  sentences: readonly string[];
  ordered?: boolean;
}) {
  const List = ordered ? "ol" : "ul";
  const lines: ReactNode = sentences.map((sentence) => (
    <li key={sentence}>
      <ForeignText text={sentence} />
    </li>
  ));
  return (
    <section>
      <h3 className="text-sm text-ink-3">{title}</h3>
      <List className={ordered ? "list-decimal pl-5" : "list-disc pl-5 text-ink-2"}>{lines}</List>
    </section>
  );
}

/** The last times there was an alert about the same object. */
function Earlier({ alert }: { alert: AlertView }) {
  const trpc = useTRPC();
  const { kind, objectKind, objectId } = alert;
  const { data } = useQuery(trpc.alerts.past.queryOptions({ kind, objectKind, objectId }));
  const before = (data?.alerts ?? []).filter(({ id }) => id !== alert.id).slice(0, 5);
  if (before.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm text-ink-3">{alertWords.history}</h3>
      <ul className="flex flex-wrap gap-x-4 text-sm">
        {before.map((past) => (
          <li key={past.id}>
            <Link href={`/alerts?view=past&alert=${past.id}`} prefetch={false} className="hover:underline">
              <RelativeTime atMs={past.openedAtMs} />
              {past.clearedAtMs === null ? null : (
                <span className="text-ink-3"> {alertWords.lasted(past.clearedAtMs - past.openedAtMs)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
