"use client";

import { X } from "lucide-react";
import { redactionWords } from "#app/words/redaction-words.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import type { RedactionRule } from "#core/redaction/redaction-settings.ts";

const fresh: Record<RedactionRule["kind"], RedactionRule> = {
  key: { kind: "key", name: "", key: "" },
  path: { kind: "path", name: "", definition: "*", path: "/" },
  value: { kind: "value", name: "", pattern: "" },
};

/** The rules in their order, each a line of fields; `errorAt` tells what is wrong with the field at a pointer. */
export function RuleFields({
  rules,
  onChange,
  errorAt,
}: {
  rules: readonly RedactionRule[];
  onChange: (rules: RedactionRule[]) => void;
  errorAt: (pointer: string) => string | null;
}) {
  const set = (index: number, rule: RedactionRule) =>
    onChange(rules.map((old, at) => (at === index ? rule : old)));
  return (
    <Panel
      title={redactionWords.rules}
      aside={(Object.keys(fresh) as RedactionRule["kind"][]).map((kind) => (
        <Button key={kind} size="small" onClick={() => onChange([...rules, fresh[kind]])}>
          {redactionWords.addOf[kind]}
        </Button>
      ))}
    >
      {rules.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">
          {redactionWords.none} {redactionWords.noneTeach}
        </p>
      ) : (
        <ol>
          {placed(rules).map(({ rule, index, place }) => (
            <li
              key={place}
              aria-label={redactionWords.rule(index + 1)}
              className="hairline-b flex flex-wrap items-start gap-x-3 gap-y-2 py-2"
            >
              <span className="w-14 pt-6 text-sm text-ink-3">{redactionWords.kinds[rule.kind]}</span>
              <div className="w-40">
                <TextInputField
                  label={redactionWords.name}
                  hint={redactionWords.nameHint}
                  error={errorAt(`/rules/${index}/name`)}
                  value={rule.name}
                  onChange={(event) => set(index, { ...rule, name: event.target.value })}
                />
              </div>
              <Fields
                rule={rule}
                onChange={(next) => set(index, next)}
                errorAt={(field) => errorAt(`/rules/${index}/${field}`)}
              />
              <IconButton
                label={redactionWords.remove(rule.name || String(index + 1))}
                className="mt-5"
                onClick={() => onChange(rules.filter((_, at) => at !== index))}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      {errorAt("/rules") ? <p className="pt-1 text-sm text-danger">{errorAt("/rules")}</p> : null}
    </Panel>
  );
}

function Fields({
  rule,
  onChange,
  errorAt,
}: {
  rule: RedactionRule;
  onChange: (rule: RedactionRule) => void;
  errorAt: (field: string) => string | null;
}) {
  if (rule.kind === "key")
    return (
      <div className="min-w-40 grow">
        <TextInputField
          label={redactionWords.key}
          hint={redactionWords.keyHint}
          error={errorAt("key")}
          value={rule.key}
          className="font-mono"
          onChange={(event) => onChange({ ...rule, key: event.target.value })}
        />
      </div>
    );
  if (rule.kind === "value")
    return (
      <div className="min-w-40 grow">
        <TextInputField
          label={redactionWords.pattern}
          hint={redactionWords.patternHint}
          error={errorAt("pattern")}
          value={rule.pattern}
          className="font-mono"
          onChange={(event) => onChange({ ...rule, pattern: event.target.value })}
        />
      </div>
    );
  return (
    <>
      <div className="w-40">
        <TextInputField
          label={redactionWords.definition}
          hint={redactionWords.definitionHint}
          error={errorAt("definition")}
          value={rule.definition}
          onChange={(event) => onChange({ ...rule, definition: event.target.value })}
        />
      </div>
      <div className="min-w-40 grow">
        <TextInputField
          label={redactionWords.path}
          hint={redactionWords.pathHint}
          error={errorAt("path")}
          value={rule.path}
          className="font-mono"
          onChange={(event) => onChange({ ...rule, path: event.target.value })}
        />
      </div>
    </>
  );
}

/** Rules have no identity but their place while they are edited. */
function placed(rules: readonly RedactionRule[]): { rule: RedactionRule; index: number; place: string }[] {
  return rules.map((rule, index) => ({ rule, index, place: `rule ${index}` }));
}
