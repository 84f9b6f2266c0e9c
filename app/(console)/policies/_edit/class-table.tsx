import { Fragment } from "react";
import { policyWords } from "#app/words/policy-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { NarrowHead, Table, Td, Th } from "#components/ui/table.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { type FailureClass, failureClasses } from "#core/failure/failure-class.ts";
import { defaultClassRules } from "#core/retry/class-rule.ts";
import { LawFields } from "./law-fields.tsx";
import { type ClassDraft, freshLaw, type PolicyDraft } from "./policy-draft.ts";

const { classHead } = policyWords;

/** What the policy says of each failure class; what it does not say is the default, shown as such. */
export function ClassTable({
  draft,
  errors,
  disabled,
  onChange,
}: {
  draft: PolicyDraft;
  errors: ReadonlyMap<string, string>;
  disabled: boolean;
  onChange: (perClass: PolicyDraft["perClass"]) => void;
}) {
  const set = (name: FailureClass, change: Partial<ClassDraft>) =>
    onChange({ ...draft.perClass, [name]: { ...draft.perClass[name], ...change } });
  return (
    <Table label={policyWords.classes} className="max-sm:block">
      <thead className="max-sm:hidden">
        <tr>
          <Th>{classHead.class}</Th>
          <Th>{classHead.retry}</Th>
          <Th>{classHead.factor}</Th>
          <Th>{classHead.attempts}</Th>
          <Th>{classHead.also}</Th>
          <Th>{classHead.law}</Th>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {failureClasses.map((name) => {
          const rule = draft.perClass[name];
          const usual = defaultClassRules[name];
          const path = `/perClass/${name}`;
          const own = [...errors].filter(([place]) => place === path || place.startsWith(`${path}/`));
          const cell = (key: "factor" | "maxAttempts", label: string, placeholder: string) => (
            <input
              aria-label={label}
              aria-invalid={errors.has(`${path}/${key}`) || undefined}
              inputMode="decimal"
              autoComplete="off"
              disabled={disabled}
              placeholder={placeholder}
              value={rule[key]}
              onChange={(event) => set(name, { [key]: event.target.value })}
              className={cn(inputLook, "h-6 w-16 text-right font-mono pointer-coarse:h-9")}
            />
          );
          return (
            <Fragment key={name}>
              <tr className="hairline-b max-sm:grid max-sm:grid-cols-2 max-sm:py-1.5">
                <Td>
                  <FailureClassBadge failureClass={name} />
                </Td>
                <Td className="max-sm:text-right">
                  <select
                    aria-label={policyWords.retryOf(name)}
                    value={rule.retry}
                    disabled={disabled}
                    onChange={(event) => set(name, { retry: event.target.value as ClassDraft["retry"] })}
                    className={cn(
                      inputLook,
                      "h-6 w-28 pointer-coarse:h-9",
                      rule.retry === "default" && "text-ink-3",
                    )}
                  >
                    <option value="default">{policyWords.byDefault(usual.retry)}</option>
                    <option value="retry">{policyWords.retry}</option>
                    <option value="dead">{policyWords.dead}</option>
                  </select>
                </Td>
                <Td>
                  <NarrowHead>{classHead.factor}</NarrowHead>
                  {cell("factor", policyWords.factorOf(name), "1")}
                </Td>
                <Td className="max-sm:text-right">
                  <NarrowHead>{classHead.attempts}</NarrowHead>
                  {cell("maxAttempts", policyWords.attemptsOf(name), attemptsHint(name, draft))}
                </Td>
                <Td className="max-sm:col-span-2">
                  <NarrowHead>{classHead.also}</NarrowHead>
                  <select
                    aria-label={policyWords.alsoOf(name)}
                    value={rule.also ?? "nothing"}
                    disabled={disabled}
                    onChange={({ target }) => set(name, { also: target.value as ClassDraft["also"] })}
                    className={cn(
                      inputLook,
                      "h-6 w-32 pointer-coarse:h-9",
                      (rule.also ?? "nothing") === "nothing" && "text-ink-3",
                    )}
                  >
                    {Object.entries(policyWords.also).map(([value, word]) => (
                      <option key={value} value={value}>
                        {word}
                      </option>
                    ))}
                  </select>
                </Td>
                <Td className="max-sm:col-span-2">
                  <NarrowHead>{classHead.law}</NarrowHead>
                  <select
                    aria-label={policyWords.lawOf(name)}
                    value={rule.law?.kind ?? ""}
                    disabled={disabled}
                    onChange={({ target }) =>
                      set(name, {
                        law:
                          target.value === ""
                            ? null
                            : { ...(rule.law ?? freshLaw), kind: target.value as typeof freshLaw.kind },
                      })
                    }
                    className={cn(inputLook, "h-6 w-28 pointer-coarse:h-9", !rule.law && "text-ink-3")}
                  >
                    <option value="">{policyWords.noLaw}</option>
                    {Object.entries(policyWords.laws).map(([kind, word]) => (
                      <option key={kind} value={kind}>
                        {word}
                      </option>
                    ))}
                  </select>
                </Td>
              </tr>
              {rule.law ? (
                <tr className="hairline-b max-sm:block">
                  <td colSpan={6} className="py-2 pl-6 max-sm:block max-sm:pl-2">
                    <LawFields
                      label={policyWords.lawOf(name)}
                      law={rule.law}
                      path={`${path}/law`}
                      errors={errors}
                      disabled={disabled}
                      onChange={(law) => set(name, { law })}
                    />
                  </td>
                </tr>
              ) : null}
              {own.length > 0 ? (
                <tr className="max-sm:block">
                  <td colSpan={6} className="pb-1 pl-2 text-sm text-danger max-sm:block">
                    {own.map(([place, message]) => `${place.split("/").at(-1)}: ${message}`).join(" ")}
                  </td>
                </tr>
              ) : null}
            </Fragment>
          );
        })}
      </tbody>
    </Table>
  );
}

/** What holds when nothing is typed: the default of the class, but never more than the policy's own. */
function attemptsHint(name: FailureClass, draft: PolicyDraft): string {
  const usual = defaultClassRules[name].maxAttempts;
  const own = Number(draft.maxAttempts);
  if (usual === undefined) return draft.maxAttempts;
  return String(name === "worker-lost" || !Number.isFinite(own) ? usual : Math.min(usual, own));
}
