"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { ruleWords } from "#app/words/rule-words.ts";
import { failureClassLook } from "#components/domain/failure-class-look.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextAreaField } from "#components/ui/text-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { checkPattern } from "#core/failure/compile-pattern.ts";
import { failureClasses, failureOrigins } from "#core/failure/failure-class.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { FormDialog } from "../../_parts/form-dialog.tsx";
import { checkForm, matchFields, type RuleForm, toForm, toRule } from "./rule-form.ts";

const classOptions = failureClasses.map((value) => ({
  value,
  label: `${value}: ${failureClassLook[value].meaning}`,
}));
const originOptions = failureOrigins.map((value) => ({ value, label: ruleWords.origins[value] }));
const longest = { text: 200, messagePattern: 500, httpStatus: 3, remediation: 2_000, url: 2_000 };

/** One rule as a form. Every field is checked as it is typed; `onTake` gets a rule that can be saved. */
export function RuleEditor({
  rule,
  adding,
  note,
  onTake,
  onClose,
}: {
  rule: FailureRule;
  adding: boolean;
  note?: string;
  onTake: (rule: FailureRule) => void;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const names = useQuery(trpc.queues.names.queryOptions());
  const listId = useId();
  const first = useRef<HTMLInputElement>(null);
  const [form, setForm] = useState<RuleForm>(() => toForm(rule));
  const [tried, setTried] = useState(false);
  const errors = checkForm(form, checkPattern);
  const set = (change: Partial<RuleForm>) => setForm((old) => ({ ...old, ...change }));
  const submit = () => {
    setTried(true);
    if (Object.keys(errors).length === 0) onTake(toRule(form));
  };
  return (
    <FormDialog
      wide
      initialFocus={first}
      title={adding ? ruleWords.addTitle : ruleWords.editTitle}
      description={note}
      confirm={ruleWords.ok}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextInputField
        ref={first}
        label={ruleWords.name}
        hint={ruleWords.nameHint}
        error={tried ? errors.name : null}
        value={form.name}
        maxLength={longest.text}
        onChange={(event) => set({ name: event.target.value })}
      />
      <fieldset className="flex flex-col gap-3">
        <legend className="text-sm font-semibold">{ruleWords.conditions}</legend>
        <p className={tried && errors.conditions ? "text-sm text-danger" : "text-sm text-ink-3"}>
          {(tried ? errors.conditions : undefined) ?? ruleWords.conditionsHint}
        </p>
        <div className="grid gap-3 sm:grid-cols-2">
          {matchFields.map((field) => (
            <div key={field} className={field === "messagePattern" ? "sm:col-span-2" : undefined}>
              <TextInputField
                label={ruleWords.field[field]}
                hint={ruleWords.fieldHint[field]}
                error={errors[field]}
                value={form.match[field]}
                spellCheck={false}
                autoComplete="off"
                list={field === "definition" ? listId : undefined}
                maxLength={
                  field === "messagePattern" || field === "httpStatus" ? longest[field] : longest.text
                }
                className="font-mono"
                onChange={(event) => set({ match: { ...form.match, [field]: event.target.value } })}
              />
            </div>
          ))}
        </div>
        <datalist id={listId}>
          {(names.data?.definitions ?? []).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </fieldset>
      <fieldset className="grid gap-3 sm:grid-cols-2">
        <legend className="pb-1 text-sm font-semibold">{ruleWords.result}</legend>
        <SelectField
          label={ruleWords.class}
          value={form.class}
          options={classOptions}
          onChange={(value) => set({ class: value })}
        />
        <SelectField
          label={ruleWords.origin}
          value={form.origin}
          options={originOptions}
          onChange={(value) => set({ origin: value })}
        />
      </fieldset>
      <TextAreaField
        label={ruleWords.remediation}
        hint={ruleWords.remediationHint}
        value={form.remediation}
        maxLength={longest.remediation}
        onChange={(event) => set({ remediation: event.target.value })}
      />
      <TextInputField
        label={ruleWords.runbookUrl}
        hint={ruleWords.runbookHint}
        error={errors.runbookUrl}
        value={form.runbookUrl}
        maxLength={longest.url}
        onChange={(event) => set({ runbookUrl: event.target.value })}
      />
    </FormDialog>
  );
}
