"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { type AlertKind, alertKinds } from "#core/alert/alert.ts";
import {
  type AlertAction,
  type AlertPolicy,
  type AlertSettings,
  actionsOfKind,
} from "#core/alert/alert-settings.ts";
import { parseDuration } from "#core/parse-duration.ts";
import { sayDuration } from "#core/say-duration.ts";
import { DurationField } from "../../../_parts/duration-field.tsx";

const { policies: told, kinds } = alertWords;
type Definitions = AlertSettings["definitions"];

/** Alerts of these kinds are about one definition. */
const kindsOfDefinitions: readonly AlertKind[] = ["stuck", "throughput-zero", "overdue", "escalated"];

/** What holds for single definitions instead, and, for those who may change it, a line that adds one. */
export function DefinitionPolicies({
  definitions,
  mayChange,
  onChange,
}: {
  definitions: Definitions;
  mayChange: boolean;
  onChange: (definitions: Definitions) => void;
}) {
  const lines = Object.entries(definitions).flatMap(([name, policies]) =>
    alertKinds.flatMap((kind) => {
      const policy = policies[kind];
      return policy ? [{ name, kind, policy }] : [];
    }),
  );
  if (lines.length === 0 && !mayChange) return null;
  return (
    <section aria-label={told.definitions} className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">{told.definitions}</h2>
      <p className="text-sm text-ink-3">{told.definitionsWhy}</p>
      <ul>
        {lines.map(({ name, kind, policy }) => (
          <li
            key={`${name} ${kind}`}
            className="hairline-b flex flex-wrap items-center gap-x-3 py-1.5 text-sm"
          >
            <span className="font-medium">{name}</span>
            <span>{kinds[kind]}</span>
            <span className="text-ink-2">{told.said(told.actions[policy.action], policy.afterMs)}</span>
            {mayChange ? (
              <Button
                size="small"
                className="ml-auto"
                aria-label={told.removeLine(name, kinds[kind])}
                onClick={() => onChange(without(definitions, name, kind))}
              >
                {told.remove}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <AddLine
          onAdd={(name, kind, policy) =>
            onChange({ ...definitions, [name]: { ...definitions[name], [kind]: policy } })
          }
        />
      ) : null}
    </section>
  );
}

function AddLine({ onAdd }: { onAdd: (name: string, kind: AlertKind, policy: AlertPolicy) => void }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.definitions.names.queryOptions());
  const names = data?.definitions ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [kind, setKind] = useState<AlertKind>("stuck");
  const [action, setAction] = useState<AlertAction>("nothing");
  const [after, setAfter] = useState(sayDuration(0));
  const name = chosen ?? names[0];
  const afterMs = parseDuration(after);
  if (name === undefined) return null;
  return (
    <div className="grid items-end gap-x-4 gap-y-2 sm:grid-cols-[1fr_1fr_1fr_16rem_auto]">
      <SelectField
        label={told.definition}
        value={name}
        options={names.map((value) => ({ value, label: value }))}
        onChange={setChosen}
      />
      <SelectField
        label={alertWords.kind}
        value={kind}
        options={kindsOfDefinitions.map((value) => ({ value, label: kinds[value] }))}
        onChange={(next) => {
          setKind(next);
          if (!actionsOfKind[next].includes(action)) setAction("nothing");
        }}
      />
      <SelectField
        label={told.action}
        value={action}
        options={actionsOfKind[kind].map((value) => ({ value, label: told.actions[value] }))}
        onChange={setAction}
      />
      <DurationField
        label={told.after}
        error={afterMs === null ? told.afterBad : null}
        value={after}
        maxLength={20}
        onChange={setAfter}
      />
      <Button
        disabled={afterMs === null}
        focusableWhenDisabled
        onClick={() => afterMs !== null && onAdd(name, kind, { action, afterMs })}
      >
        {told.add}
      </Button>
    </div>
  );
}

function without(definitions: Definitions, name: string, kind: AlertKind): Definitions {
  const { [kind]: _, ...rest } = definitions[name] ?? {};
  const { [name]: __, ...others } = definitions;
  return Object.keys(rest).length === 0 ? others : { ...others, [name]: rest };
}
