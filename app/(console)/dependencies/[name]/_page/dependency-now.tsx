"use client";

import Link from "next/link";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { DependencyDetail } from "#server/api/dependencies/dependency-summary.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { AutomationTrail } from "../../../_parts/automation-trail.tsx";
import { BudgetGauge } from "../../_parts/budget-gauge.tsx";
import { DependencyCharts } from "./dependency-charts.tsx";
import { FallbackTable } from "./fallback-table.tsx";
import { HeldTable } from "./held-table.tsx";
import { WindowTable } from "./window-table.tsx";

/** What a dependency answers, what its breaker holds, and what was done about it. */
export function DependencyNow({ detail }: { detail: DependencyDetail }) {
  const { name, budget, definitions } = detail;
  const left = Math.max(0, Math.floor(budget.allowed - budget.spent));
  return (
    <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="flex min-w-0 flex-col gap-5">
        <WindowTable detail={detail} />
        <HeldTable detail={detail} />
        <FallbackTable detail={detail} />
        <DependencyCharts name={name} />
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <Panel title={dependencyWords.budget} note={dependencyWords.budgetNote(budget.windowMs)}>
          <div className="flex flex-col gap-1 py-2 text-sm">
            <BudgetGauge budget={budget} className="w-full" />
            <p className="text-ink-2">
              {dependencyWords.budgetLeft(left)}
              {budget.deferredAtMs === null ? null : (
                <span className="text-ink-3">
                  {" · "}
                  {dependencyWords.budgetDeferred} <RelativeTime atMs={budget.deferredAtMs} />
                </span>
              )}
            </p>
          </div>
        </Panel>
        <Panel title={dependencyWords.needed}>
          {definitions.length === 0 ? (
            <p className="py-2 text-sm text-ink-3">{dependencyWords.neededNone}</p>
          ) : (
            <ul className="flex flex-wrap gap-x-3 gap-y-1 py-2 text-sm">
              {definitions.map((definition) => (
                <li key={definition}>
                  <Link
                    href={`/definitions/${encodeURIComponent(definition)}`}
                    prefetch={false}
                    className="hover:underline"
                  >
                    {definition}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <AutomationTrail objectKind="dependency" objectId={name} />
        <AuditTrail objectKind="dependency" objectId={name} />
      </div>
    </div>
  );
}
