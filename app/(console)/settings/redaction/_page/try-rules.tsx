"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { redactionWords } from "#app/words/redaction-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { JsonView } from "#components/domain/json-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextAreaField } from "#components/ui/text-field.tsx";
import { words } from "#components/words.ts";
import type { RedactionSettings } from "#core/redaction/redaction-settings.ts";
import { problemText } from "../../../_parts/problem-text.ts";

/** Tries the rules in the form on a pasted text, or on the newest jobs of a definition. */
export function TryRules({ settings }: { settings: RedactionSettings }) {
  const trpc = useTRPC();
  const names = useQuery(trpc.queues.names.queryOptions());
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const tryText = useMutation(trpc.redaction.tryText.mutationOptions());
  const tryJobs = useMutation(trpc.redaction.tryJobs.mutationOptions());
  const definitions = names.data?.definitions ?? [];
  const definition = chosen ?? definitions[0] ?? null;
  const problem = tryText.error ?? tryJobs.error;
  return (
    <Panel title={redactionWords.tryOut} note={redactionWords.tryNote}>
      <div className="grid gap-x-8 gap-y-4 pt-2 md:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-2">
          <TextAreaField
            label={redactionWords.tryText}
            value={text}
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setText(event.target.value)}
          />
          <Button
            className="w-fit"
            disabled={text.trim() === "" || tryText.isPending}
            onClick={() => tryText.mutate({ settings, text, definition })}
          >
            {redactionWords.tryTextDo}
          </Button>
          {tryText.data ? (
            <div aria-live="polite">
              <p className="pb-1 text-sm text-ink-3">
                {redactionWords.result}
                {tryText.data.isJson ? `: ${redactionWords.found(tryText.data.redactions.length)}` : null}
              </p>
              <JsonView
                text={tryText.data.text}
                label={redactionWords.result}
                hidden={{
                  rules: new Map(tryText.data.redactions.map((each) => [each.pointer, each])),
                  revealed: new Map(),
                  onReveal: null,
                }}
              />
            </div>
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          {definition ? (
            <SelectField
              label={redactionWords.tryJobs}
              value={definition}
              options={definitions.map((value) => ({ value, label: value }))}
              onChange={setChosen}
            />
          ) : null}
          <Button
            className="w-fit"
            disabled={definition === null || tryJobs.isPending}
            onClick={() => definition && tryJobs.mutate({ settings, definition })}
          >
            {redactionWords.tryJobsDo}
          </Button>
          {tryJobs.data ? (
            <div aria-live="polite" className="text-sm">
              <p className="text-ink-3">{redactionWords.jobsLooked(tryJobs.data.jobs)}</p>
              {tryJobs.data.places.length === 0 ? <p>{redactionWords.nothingFound}</p> : null}
              <ul>
                {tryJobs.data.places.map((place) => (
                  <li
                    key={`${place.text} ${place.pointer} ${place.rule}`}
                    className="hairline-b flex flex-wrap gap-x-3 py-0.5"
                  >
                    <span className="grow font-mono">
                      <ForeignText text={`${place.text}${place.pointer}`} />
                    </span>
                    <span className="text-ink-3">
                      <ForeignText text={words.byRule(place.kind, place.rule)} />
                    </span>
                    <span className="tabular-nums">
                      {place.jobs} {redactionWords.inJobs}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
        </div>
      </div>
      {problem ? <ErrorState title={redactionWords.tryOut} detail={problemText(problem)} /> : null}
    </Panel>
  );
}
