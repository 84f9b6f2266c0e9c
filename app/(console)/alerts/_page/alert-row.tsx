"use client";

import { ChevronRight } from "lucide-react";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { alertWords } from "#app/words/alert-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import type { AlertView } from "#server/api/routers/alerts.ts";
import { AlertActs } from "./alert-acts.tsx";
import { AlertDetail } from "./alert-detail.tsx";
import { SeverityMark } from "./severity-mark.tsx";

/** An alert: how severe, what, since when, whose it is, and what can be pressed; with its details when it is open. */
export function AlertRow({
  alert,
  isOpen,
  isFirst,
  isFurther = false,
  onToggle,
}: {
  alert: AlertView;
  isOpen: boolean;
  /** It is what to press first on this page. */
  isFirst: boolean;
  /** The alert above is about the same object. */
  isFurther?: boolean;
  onToggle: () => void;
}) {
  const detailId = `alert-${alert.id}`;
  return (
    <li {...rowProps(alert.id)} className={cn("hairline-b py-2 last:border-0", isFurther && "pl-6")}>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
        <div className="flex min-w-0 grow basis-80 gap-2">
          <SeverityMark severity={alert.severity} cleared={alert.clearedAtMs !== null} />
          <div className="min-w-0">
            <p>
              {/* A link, so that it can be shared and the row keys find it; it opens in place. */}
              <a
                href={`/alerts?alert=${alert.id}`}
                aria-expanded={isOpen}
                aria-controls={detailId}
                className="group font-medium hover:underline"
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  onToggle();
                }}
              >
                <span title={alertWords.kindsWhy[alert.kind]}>{alertWords.kinds[alert.kind]}</span>
                {": "}
                <span className="font-normal">
                  <ForeignText text={alert.cause} />
                </span>
                <ChevronRight
                  aria-hidden
                  className={cn("ml-1 inline size-3.5 text-ink-3", isOpen && "rotate-90")}
                />
              </a>
            </p>
            <AlertStanding alert={alert} />
          </div>
        </div>
        <AlertActs alert={alert} isFirst={isFirst} />
      </div>
      {isOpen ? <AlertDetail id={detailId} alert={alert} /> : null}
    </li>
  );
}

/** Since when, and who or what has it in hand. */
function AlertStanding({ alert }: { alert: AlertView }) {
  const { acknowledged, silencedUntilMs, clearedAtMs, acted } = alert;
  const policy = acted === null ? "" : (alertWords.acted[acted.action] ?? acted.action);
  return (
    <p className="flex flex-wrap gap-x-3 text-sm text-ink-3">
      <span>
        {alertWords.since} <RelativeTime atMs={alert.sinceMs} />
      </span>
      {clearedAtMs === null ? null : (
        <span>
          {alertWords.cleared} <RelativeTime atMs={clearedAtMs} />,{" "}
          {alertWords.lasted(clearedAtMs - alert.openedAtMs)}
        </span>
      )}
      {alert.reopened > 0 ? <span>{alertWords.reopened(alert.reopened)}</span> : null}
      {acknowledged === null ? null : (
        <span className="text-ink-2">
          <ForeignText text={alertWords.acknowledgedBy(acknowledged.by)} />
          {acknowledged.note === null ? null : (
            <>
              {": "}
              <ForeignText text={acknowledged.note} />
            </>
          )}
        </span>
      )}
      {silencedUntilMs === null ? null : (
        <span>
          {alertWords.silencedFor} {alertWords.ends} <RelativeTime atMs={silencedUntilMs} />
        </span>
      )}
      {policy === "" ? null : <span>{policy}</span>}
    </p>
  );
}
