import Link from "next/link";
import { queueWords } from "#app/words/queue-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import { reasonColour } from "../../_list/reason-colour.ts";
import { ReasonsStrip } from "../../_list/reasons-strip.tsx";
import { findReasonJobs } from "./find-reason-jobs.ts";

/** What the jobs of a queue wait for: one bar, each job once by the reason that binds it, each part with the way to its jobs. */
export function ReasonsBar({ queue, reasons }: { queue: string; reasons: readonly ReasonCount[] }) {
  return (
    <Panel title={queueWords.reasons}>
      {reasons.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{queueWords.reasonsNone}</p>
      ) : (
        <>
          <ReasonsStrip reasons={reasons} className="mt-2 h-3.5" />
          <ul className="flex flex-wrap gap-x-5 gap-y-1 pt-1.5 text-sm">
            {reasons.map((reason) => (
              <li key={`${reason.kind} ${reason.of}`}>
                <Link href={findReasonJobs(queue, reason)} prefetch={false} className="hover:underline">
                  <span
                    aria-hidden
                    className="mr-1.5 inline-block size-2"
                    style={{ background: reasonColour(reason.kind) }}
                  />
                  <Figure value={reason.jobs} exactness={reason.exactness} className="font-medium" />{" "}
                  <span className="text-ink-2">{queueWords.reason(reason.kind, reason.of)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
