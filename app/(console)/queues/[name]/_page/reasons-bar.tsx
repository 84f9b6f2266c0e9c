import Link from "next/link";
import { queueWords } from "#app/words/queue-words.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import type { WaitingReasonKind } from "#core/job/waiting-reasons.ts";

/** Reasons somebody can lift are told in the colour of the signal, the others quietly. */
const colours: Partial<Record<WaitingReasonKind, string>> = {
  "queue-paused": "var(--gate-stop)",
  "no-worker": "var(--gate-stop)",
  "cap-reached": "var(--gate-caution)",
  "rate-limit": "var(--gate-caution)",
  backoff: "var(--state-retryable)",
  "due-later": "var(--state-scheduled)",
};
const states: Partial<Record<WaitingReasonKind, string>> = { backoff: "retryable", "due-later": "scheduled" };

/** What the jobs of a queue wait for: one bar, each job once by the reason that binds it. */
export function ReasonsBar({ queue, reasons }: { queue: string; reasons: readonly ReasonCount[] }) {
  return (
    <Panel title={queueWords.reasons}>
      {reasons.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{queueWords.reasonsNone}</p>
      ) : (
        <>
          <div aria-hidden className="mt-2 flex h-3.5 gap-px">
            {reasons.map(({ kind, jobs }) => (
              <span
                key={kind}
                className="min-w-1"
                style={{ flexGrow: jobs, background: colours[kind] ?? "var(--state-available)" }}
              />
            ))}
          </div>
          <ul className="flex flex-wrap gap-x-5 gap-y-1 pt-1.5 text-sm">
            {reasons.map(({ kind, jobs }) => (
              <li key={kind}>
                <Link
                  href={`/jobs?queue=${encodeURIComponent(queue)}&state=${states[kind] ?? "available,held"}`}
                  prefetch={false}
                  className="hover:underline"
                >
                  <span
                    aria-hidden
                    className="mr-1.5 inline-block size-2"
                    style={{ background: colours[kind] ?? "var(--state-available)" }}
                  />
                  <span className="font-medium">{formatCount(jobs)}</span>{" "}
                  <span className="text-ink-2">{queueWords.reason[kind]}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
