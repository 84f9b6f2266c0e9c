import { policyWords } from "#app/words/policy-words.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { DurationField } from "../../_parts/duration-field.tsx";
import type { LawDraft } from "./policy-draft.ts";

const kinds = Object.entries(policyWords.laws).map(([value, label]) => ({
  value: value as LawDraft["kind"],
  label,
}));

/** How the delay grows: the kind of law and the fields of that kind. `path` is where its errors stand. */
export function LawFields({
  label = policyWords.law,
  law,
  path,
  errors,
  disabled,
  onChange,
}: {
  label?: string;
  law: LawDraft;
  path: string;
  errors: ReadonlyMap<string, string>;
  disabled: boolean;
  onChange: (law: LawDraft) => void;
}) {
  const span = (key: "delay" | "base" | "step" | "cap", field: string, name: string) => (
    <DurationField
      label={name}
      value={law[key]}
      disabled={disabled}
      error={errors.get(`${path}/${field}`)}
      onChange={(value) => onChange({ ...law, [key]: value })}
    />
  );
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(210px,1fr))] gap-3">
      <SelectField
        label={label}
        value={law.kind}
        options={kinds}
        disabled={disabled}
        error={errors.get(path)}
        onChange={(kind) => onChange({ ...law, kind })}
      />
      {law.kind === "constant" ? span("delay", "delayMs", policyWords.delay) : null}
      {law.kind === "linear" || law.kind === "exponential" ? span("base", "baseMs", policyWords.base) : null}
      {law.kind === "linear" ? span("step", "stepMs", policyWords.step) : null}
      {law.kind === "exponential" ? (
        <NumberField
          label={policyWords.factor}
          unit={policyWords.times}
          value={law.factor}
          disabled={disabled}
          error={errors.get(`${path}/factor`)}
          onChange={(factor) => onChange({ ...law, factor })}
        />
      ) : null}
      {law.kind === "linear" || law.kind === "exponential" ? span("cap", "capMs", policyWords.cap) : null}
      {law.kind === "list" ? (
        <TextInputField
          label={policyWords.delays}
          hint={policyWords.delaysHint}
          value={law.list}
          disabled={disabled}
          error={errors.get(`${path}/delaysMs`)}
          autoComplete="off"
          className="font-mono"
          onChange={(event) => onChange({ ...law, list: event.target.value })}
        />
      ) : null}
    </div>
  );
}
