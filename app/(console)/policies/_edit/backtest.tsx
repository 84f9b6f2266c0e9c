"use client";

import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { partWords } from "#app/words/part-words.ts";
import { policyWords } from "#app/words/policy-words.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { problemText } from "../../_parts/problem-text.ts";

const BacktestReportView = dynamic(() =>
  import("./backtest-report-view.tsx").then((module) => module.BacktestReportView),
);
const text = policyWords.backtest;
const hourMs = 3_600_000;
const windows = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;
type Window = keyof typeof windows;
const options = (["hour", "day", "week"] as const).map((value) => ({ value, label: text.windows[value] }));

/** What the policy in the form would have done to recorded jobs, beside the one in force; run by hand, or once at once. */
export function Backtest({
  name,
  policy,
  users,
  isStored,
  startsAtOnce,
}: {
  name: string;
  policy: RetryPolicy | null;
  users: number;
  isStored: boolean;
  startsAtOnce: boolean;
}) {
  const trpc = useTRPC();
  const [span, setSpan] = useState<Window>("day");
  const [asked, setAsked] = useState<{ policy: RetryPolicy; windowMs: number } | null>(null);
  const run = useMutation(trpc.policies.backtest.mutationOptions());
  const why = isStored ? (users === 0 ? text.unused : null) : text.unsaved;
  const isStale = asked !== null && (asked.policy !== policy || asked.windowMs !== windows[span]);
  const start = () => {
    if (policy === null) return;
    const next = { policy, windowMs: windows[span] };
    setAsked(next);
    run.mutate({ name, ...next });
  };
  const hasBegun = useRef(false);
  useEffect(() => {
    if (!startsAtOnce || hasBegun.current || policy === null || why !== null) return;
    hasBegun.current = true;
    start();
  });
  return (
    <Panel
      title={text.title}
      note={text.note}
      aside={
        why === null ? (
          <>
            <Segmented label={text.window} value={span} options={options} onChange={setSpan} />
            <Button onClick={start} disabled={policy === null || run.isPending} focusableWhenDisabled>
              {asked === null ? text.run : text.again}
            </Button>
          </>
        ) : null
      }
    >
      <div className="flex flex-col gap-2 pt-2">
        <p className="max-w-200 text-sm text-ink-2">{why ?? text.what}</p>
        {isStale && run.data ? (
          <p role="status" className="text-sm text-gate-caution">
            {text.stale}
          </p>
        ) : null}
        {asked === null || why !== null ? null : run.error ? (
          <ErrorState title={partWords.notRead} detail={problemText(run.error)} onRetry={start} />
        ) : run.data ? (
          <BacktestReportView backtest={run.data} />
        ) : (
          <SkeletonRows rows={6} />
        )}
      </div>
    </Panel>
  );
}
