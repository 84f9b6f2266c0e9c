import { policyWords } from "#app/words/policy-words.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { jitterKinds } from "#core/retry/jitter-kind.ts";
import { DurationField } from "../../_parts/duration-field.tsx";
import { ClassTable } from "./class-table.tsx";
import { LawFields } from "./law-fields.tsx";
import type { PolicyDraft } from "./policy-draft.ts";

const jitters = jitterKinds.map((value) => ({ value, label: policyWords.jitters[value].name }));

/** The fields of a policy. */
export function PolicyForm({
  draft,
  errors,
  disabled,
  onChange,
}: {
  draft: PolicyDraft;
  errors: ReadonlyMap<string, string>;
  disabled: boolean;
  onChange: (draft: PolicyDraft) => void;
}) {
  const set = (change: Partial<PolicyDraft>) => onChange({ ...draft, ...change });
  return (
    <div className="flex flex-col gap-4 pt-3">
      <LawFields
        law={draft.law}
        path="/law"
        errors={errors}
        disabled={disabled}
        onChange={(law) => set({ law })}
      />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(210px,1fr))] gap-3">
        <SelectField
          label={policyWords.jitter}
          hint={policyWords.jitters[draft.jitter].why}
          value={draft.jitter}
          options={jitters}
          disabled={disabled}
          onChange={(jitter) => set({ jitter })}
        />
        {draft.jitter === "full" || errors.has("/minDelayMs") ? (
          <DurationField
            label={policyWords.minDelay}
            hint={policyWords.minDelayHint}
            value={draft.minDelay}
            error={errors.get("/minDelayMs")}
            disabled={disabled}
            onChange={(minDelay) => set({ minDelay })}
          />
        ) : null}
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(210px,1fr))] gap-3">
        <NumberField
          label={policyWords.maxAttempts}
          unit={policyWords.maxAttemptsUnit}
          hint={policyWords.maxAttemptsHint}
          value={draft.maxAttempts}
          error={errors.get("/maxAttempts")}
          disabled={disabled}
          onChange={(maxAttempts) => set({ maxAttempts })}
        />
        <DurationField
          label={policyWords.maxElapsed}
          hint={policyWords.maxElapsedHint}
          value={draft.maxElapsed}
          error={errors.get("/maxElapsedMs")}
          disabled={disabled}
          onChange={(maxElapsed) => set({ maxElapsed })}
        />
        <SwitchField
          label={policyWords.honour}
          hint={policyWords.honourHint}
          checked={draft.honourRetryAfter}
          disabled={disabled}
          onChange={(honourRetryAfter) => set({ honourRetryAfter })}
        />
      </div>
      <div className="flex flex-col gap-1">
        <h3 className="text-sm font-medium">{policyWords.classes}</h3>
        <p className="text-sm text-ink-3">{policyWords.classesWhy}</p>
        <ClassTable
          draft={draft}
          errors={errors}
          disabled={disabled}
          onChange={(perClass) => set({ perClass })}
        />
      </div>
    </div>
  );
}
