import { bulkWords } from "#app/words/bulk-words.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import type { BulkAction } from "#core/bulk/bulk-action.ts";
import { rampDurationMs } from "#core/bulk/ramp.ts";
import type { Pace } from "./use-pace.ts";

/** How many come first and how fast the rest follows, with what that takes. */
export function PaceFields({ pace, action, matched }: { pace: Pace; action: BulkAction; matched: number }) {
  const { guard } = pace;
  const guarded = action === "retry";
  const rest = guard === null ? 0 : Math.max(0, matched - guard.canary);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{bulkWords.pace}</legend>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        {guarded ? (
          <NumberField
            label={bulkWords.canary}
            hint={bulkWords.canaryHint}
            error={pace.badCanary ? bulkWords.badCanary : null}
            value={pace.canary}
            onChange={pace.setCanary}
          />
        ) : null}
        <NumberField
          label={bulkWords.rate}
          unit={bulkWords.perSecond}
          hint={
            guard && guard.startPerSecond < guard.maxPerSecond
              ? bulkWords.rateHint(guard.startPerSecond)
              : undefined
          }
          error={pace.badRate ? bulkWords.badRate : null}
          value={pace.rate}
          onChange={pace.setRate}
        />
      </div>
      {guard ? (
        <p className="text-sm text-ink-2">
          {bulkWords.takes(rampDurationMs(guard, rest), guarded && guard.canary > 0)}
          {guarded ? ` ${bulkWords.law(guard.haltAboveShare)}` : ""}
        </p>
      ) : null}
    </fieldset>
  );
}
