"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { policyWords } from "#app/words/policy-words.ts";
import { BandPanel } from "#components/charts/band-panel.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { type FailureClass, failureClasses } from "#core/failure/failure-class.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import { type AttemptBand, type PolicyBands, policyBands } from "#core/retry/policy-bands.ts";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";

const draws = 500;
const seed = 1;
const classOptions = failureClasses.map((value) => ({ value, label: value }));
const priorityOptions = priorityClasses.map((value) => ({ value, label: value }));

/** When the attempts of a job that fails every time start: percentiles of draws by the function the engine asks. */
export function ScheduleChart({ policy, saved }: { policy: RetryPolicy | null; saved: RetryPolicy | null }) {
  const [failureClass, setFailureClass] = useState<FailureClass>("transient");
  const [priority, setPriority] = useState<PriorityClass>("normal");
  // The last valid policy stays in sight while something is half typed; typing never waits for the draws.
  const shown = useDeferredValue(policy);
  const drawn = useMemo(
    () => (shown === null ? null : policyBands({ policy: shown, failureClass, priority, draws, seed })),
    [shown, failureClass, priority],
  );
  const before = useMemo(
    () =>
      saved === null || saved === shown
        ? null
        : policyBands({ policy: saved, failureClass, priority, draws, seed }),
    [saved, shown, failureClass, priority],
  );
  const points = (drawn?.bands ?? []).map(({ attempt, p5Ms, p50Ms, p95Ms }) => ({
    x: attempt,
    low: p5Ms,
    mid: p50Ms,
    high: p95Ms,
    compared: before?.bands.find((band) => band.attempt === attempt)?.p50Ms ?? null,
  }));
  return (
    <BandPanel
      title={policyWords.chart}
      note={policyWords.chartNote(shown?.jitter === "none" ? 1 : draws)}
      xLabel={policyWords.chartX}
      bandLabel={policyWords.chartBand}
      midLabel={policyWords.chartMid}
      comparedLabel={policyWords.chartSaved}
      points={points}
      format={formatDuration}
      empty={drawn === null ? policyWords.chartInvalid : policyWords.chartNone}
      controls={
        <div className="flex flex-col gap-2 pt-2">
          <div className="grid grid-cols-2 gap-3">
            <SelectField
              label={policyWords.chartClass}
              value={failureClass}
              options={classOptions}
              onChange={setFailureClass}
            />
            <SelectField
              label={policyWords.chartPriority}
              value={priority}
              options={priorityOptions}
              onChange={setPriority}
            />
          </div>
          {drawn && drawn.bands.length > 0 ? (
            <p className="text-sm text-ink-2">{ending(drawn, drawn.bands)}</p>
          ) : null}
        </div>
      }
    />
  );
}

function ending({ giveUpReason }: PolicyBands, bands: readonly AttemptBand[]): string {
  // By time most may end before the last attempt that some reach.
  const typical = bands.findLast(({ reached }) => reached >= 0.5) ?? bands[0];
  if (typical === undefined) return policyWords.chartNone;
  if (giveUpReason === "max-attempts")
    return policyWords.ends["max-attempts"](typical.attempt, typical.p50Ms);
  if (giveUpReason === "max-elapsed") return policyWords.ends["max-elapsed"](typical.attempt, typical.p50Ms);
  return policyWords.ends.goesOn(typical.attempt);
}
