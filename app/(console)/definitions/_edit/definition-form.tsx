import { definitionWords } from "#app/words/definition-words.ts";
import { pressureWords } from "#app/words/pressure-words.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { TextAreaField } from "#components/ui/text-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { deliveryGuarantees } from "#core/definition/delivery-guarantee.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { DurationField } from "../../_parts/duration-field.tsx";
import type { DefinitionDraft } from "./definition-draft.ts";

const text = definitionWords.form;
const priorities = priorityClasses.map((value) => ({ value, label: value }));
const guarantees = deliveryGuarantees.map((value) => ({ value, label: value }));
const targets = [
  { value: "worker", label: text.targetWorker },
  { value: "http", label: text.targetHttp },
] as const;
const fallbacks = [
  { value: "none", label: text.fallbackNone },
  { value: "definition", label: text.fallbackDefinition },
  { value: "cached", label: text.fallbackCached },
] as const;
const columns = "grid grid-cols-[repeat(auto-fill,minmax(230px,1fr))] gap-3";

/** The fields of a definition: those of PUT /definitions. */
export function DefinitionForm({
  draft,
  errors,
  policies,
  queues,
  onChange,
}: {
  draft: DefinitionDraft;
  errors: ReadonlyMap<string, string>;
  policies: readonly string[];
  queues: readonly string[];
  onChange: (draft: DefinitionDraft) => void;
}) {
  const set = (change: Partial<DefinitionDraft>) => onChange({ ...draft, ...change });
  const named = [...new Set([...policies, ...(draft.policy === null ? [] : [draft.policy])])];
  return (
    <div className="flex flex-col gap-4">
      <div className={columns}>
        <TextInputField
          label={text.queue}
          hint={text.queueHint}
          error={errors.get("/queue")}
          list="definition-queues"
          value={draft.queue}
          autoComplete="off"
          onChange={(event) => set({ queue: event.target.value })}
        />
        <datalist id="definition-queues">
          {queues.map((queue) => (
            <option key={queue} value={queue} />
          ))}
        </datalist>
        <SelectField
          label={text.priority}
          value={draft.priority}
          options={priorities}
          onChange={(priority) => set({ priority })}
        />
        <SelectField
          label={text.policy}
          value={draft.policy ?? ""}
          options={[...named.map((value) => ({ value, label: value })), { value: "", label: text.policyOwn }]}
          error={draft.policy === null ? null : errors.get("/retryPolicy")}
          onChange={(policy) => set({ policy: policy === "" ? null : policy })}
        />
        <SelectField
          label={text.guarantee}
          hint={definitionWords.guarantees[draft.guarantee]}
          value={draft.guarantee}
          options={guarantees}
          onChange={(guarantee) => set({ guarantee })}
        />
      </div>
      {draft.policy === null ? (
        <TextAreaField
          label={text.policyJson}
          error={errors.get("/retryPolicy")}
          value={draft.policyJson}
          spellCheck={false}
          className="min-h-40 font-mono"
          onChange={(event) => set({ policyJson: event.target.value })}
        />
      ) : null}
      <div className={columns}>
        <DurationField
          label={text.attempt}
          error={errors.get("/timeouts/attemptMs")}
          value={draft.attempt}
          onChange={(attempt) => set({ attempt })}
        />
        <DurationField
          label={text.heartbeat}
          hint={text.heartbeatHint}
          error={errors.get("/timeouts/heartbeatMs")}
          value={draft.heartbeat}
          onChange={(heartbeat) => set({ heartbeat })}
        />
        <DurationField
          label={text.total}
          hint={text.totalHint}
          error={errors.get("/timeouts/totalMs")}
          value={draft.total}
          onChange={(total) => set({ total })}
        />
        <NumberField
          label={text.maxRunning}
          hint={text.maxRunningHint}
          error={errors.get("/maxRunning")}
          value={draft.maxRunning ?? ""}
          onChange={(maxRunning) => set({ maxRunning })}
        />
      </div>
      <div className={columns}>
        <SelectField
          label={text.target}
          value={draft.target}
          options={targets}
          onChange={(target) => set({ target })}
        />
        {draft.target === "http" ? (
          <TextInputField
            label={text.url}
            hint={text.urlHint}
            error={errors.get("/target/url") ?? errors.get("/target")}
            value={draft.url}
            inputMode="url"
            onChange={(event) => set({ url: event.target.value })}
          />
        ) : null}
        <TextInputField
          label={text.dependencies}
          hint={text.dependenciesHint}
          error={errors.get("/dependencies")}
          value={draft.dependencies}
          onChange={(event) => set({ dependencies: event.target.value })}
        />
        <TextInputField
          label={text.budgetRatio}
          hint={text.budgetRatioHint}
          error={errors.get("/retryBudget/ratio")}
          value={draft.budgetRatio}
          inputMode="decimal"
          onChange={(event) => set({ budgetRatio: event.target.value })}
        />
        <TextInputField
          label={text.budgetRate}
          hint={text.budgetRateHint}
          error={errors.get("/retryBudget/minPerSecond") ?? errors.get("/retryBudget")}
          value={draft.budgetRate}
          inputMode="decimal"
          onChange={(event) => set({ budgetRate: event.target.value })}
        />
        <SelectField
          label={text.fallback}
          hint={draft.fallback === "none" ? undefined : text.fallbackHint}
          value={draft.fallback}
          options={fallbacks}
          error={draft.fallback === "none" ? null : errors.get("/fallback")}
          onChange={(fallback) => set({ fallback })}
        />
        {draft.fallback === "definition" ? (
          <TextInputField
            label={text.alternate}
            hint={text.alternateHint}
            error={errors.get("/fallback/definition")}
            value={draft.alternate}
            autoComplete="off"
            onChange={(event) => set({ alternate: event.target.value })}
          />
        ) : null}
        {draft.fallback === "cached" ? (
          <DurationField
            label={text.maxAge}
            hint={text.maxAgeHint}
            error={errors.get("/fallback/maxAgeMs")}
            value={draft.maxAge}
            onChange={(maxAge) => set({ maxAge })}
          />
        ) : null}
        <TextInputField
          label={text.owner}
          error={errors.get("/owner")}
          value={draft.owner}
          onChange={(event) => set({ owner: event.target.value })}
        />
        <TextInputField
          label={text.runbook}
          error={errors.get("/runbookUrl")}
          value={draft.runbook}
          inputMode="url"
          onChange={(event) => set({ runbook: event.target.value })}
        />
      </div>
      <div className={columns}>
        <SwitchField
          label={pressureWords.form.sheddable}
          hint={pressureWords.form.sheddableHint}
          checked={draft.sheddable === true}
          onChange={(sheddable) => set({ sheddable })}
        />
        <SwitchField
          label={pressureWords.form.deferrable}
          hint={pressureWords.form.deferrableHint}
          checked={draft.deferrable === true}
          onChange={(deferrable) => set({ deferrable })}
        />
        <SwitchField
          label={pressureWords.form.preemptible}
          hint={pressureWords.form.preemptibleHint}
          checked={draft.preemptible === true}
          onChange={(preemptible) => set({ preemptible })}
        />
      </div>
      <TextAreaField
        label={text.description}
        error={errors.get("/description")}
        value={draft.description}
        onChange={(event) => set({ description: event.target.value })}
      />
      <div className="grid gap-3 lg:grid-cols-2">
        <TextAreaField
          label={text.input}
          error={errors.get("/inputSchema")}
          value={draft.input}
          spellCheck={false}
          className="min-h-60 font-mono"
          onChange={(event) => set({ input: event.target.value })}
        />
        <TextAreaField
          label={text.output}
          hint={text.outputHint}
          error={errors.get("/outputSchema")}
          value={draft.output}
          spellCheck={false}
          className="min-h-60 font-mono"
          onChange={(event) => set({ output: event.target.value })}
        />
      </div>
    </div>
  );
}
