"use client";

import Link from "next/link";
import { ruleWords } from "#app/words/rule-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { RuleChange, RuleTrial as Trial } from "#core/failure/try-rules.ts";

/** What a draft would change of the newest failures, with a few of them. */
export function RuleTrial({ trial, stale }: { trial: Trial; stale: boolean }) {
  return (
    <Panel title={ruleWords.tried} note={ruleWords.triedNote(trial.looked)}>
      {stale ? <p className="py-1 text-sm text-gate-caution">{ruleWords.triedStale}</p> : null}
      {trial.looked === 0 ? (
        <p className="py-2 text-sm text-ink-3">{ruleWords.triedNone}</p>
      ) : trial.changes.length === 0 ? (
        <p className="py-2 text-sm">{ruleWords.triedSame}</p>
      ) : (
        <ul>
          {trial.changes.map((change) => (
            <li
              key={JSON.stringify([change.from, change.to])}
              className="hairline-b py-2 text-sm last:border-0"
            >
              <Change change={change} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Change({ change }: { change: RuleChange }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{ruleWords.change(change.failures)}</span>
        <Side word={ruleWords.from} side={change.from} />
        <Side word={ruleWords.to} side={change.to} />
      </p>
      <ul className="pl-4 text-ink-2">
        {change.samples.map((sample) => (
          <li key={`${sample.jobId} ${sample.attempt}`} className="truncate">
            <span className="text-ink-3">{ruleWords.sample}</span>{" "}
            <Link href={`/jobs/${sample.jobId}`} prefetch={false} className="text-accent hover:underline">
              <ForeignText text={sample.definition} />
            </Link>{" "}
            <ForeignText text={sample.message} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Side({ word, side }: { word: string; side: RuleChange["from"] }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <span className="text-ink-3">{word}</span>
      <FailureClassBadge failureClass={side.class} />
      <span className="text-ink-3">
        (<ForeignText text={ruleWords.byRule(side.rule)} />)
      </span>
    </span>
  );
}
