"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTRPC } from "#app/_trpc/react.tsx";
import { ruleWords } from "#app/words/rule-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterPicker } from "#components/ui/filter-picker.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { failureClasses } from "#core/failure/failure-class.ts";
import type { BuiltInRuleView } from "#server/api/rules/search-built-in-rules.ts";
import { Unread } from "../../_parts/unread.tsx";

const { builtInHead: head } = ruleWords;
const classOptions = failureClasses.map((value) => ({ value, label: value }));

/** The rules that come with the product, for reading. */
export function BuiltInRules() {
  const trpc = useTRPC();
  const [{ q, class: failureClass, from }, setValues] = useQueryStates(
    {
      q: parseAsString.withDefault(""),
      class: parseAsStringLiteral(failureClasses),
      from: parseAsInteger.withDefault(0),
    },
    { history: "replace" },
  );
  const list = useQuery(
    trpc.rules.builtIn.queryOptions(
      { q: q.slice(0, 100), class: failureClass, from: Math.max(0, from) },
      { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="search"
          aria-label={ruleWords.builtInSearch}
          placeholder={ruleWords.builtInHint}
          defaultValue={q}
          maxLength={100}
          onChange={(event) => setValues({ q: event.target.value || null, from: null }, { throttleMs: 200 })}
          className={cn(inputLook, "h-7 w-80 max-sm:w-full pointer-coarse:h-9")}
        />
        <FilterPicker
          label={ruleWords.class}
          value={failureClass}
          options={classOptions}
          onChange={(chosen) =>
            setValues({ class: failureClasses.find((name) => name === chosen) ?? null, from: null })
          }
        />
        {list.data ? (
          <span aria-live="polite" className="text-sm text-ink-3">
            {ruleWords.builtInCount(list.data.matching, list.data.total)}
          </span>
        ) : null}
      </div>
      {list.data ? (
        list.data.rules.length === 0 ? (
          <EmptyState title={ruleWords.builtInNone} />
        ) : (
          <Table label={ruleWords.tabs.builtIn}>
            <thead>
              <tr>
                <Th>{head.rule}</Th>
                <Th className="w-full max-sm:hidden">{head.match}</Th>
                <Th>{head.class}</Th>
                <Th className="max-lg:hidden">{head.origin}</Th>
              </tr>
            </thead>
            <tbody>
              {list.data.rules.map((rule) => (
                <tr key={rule.id} className="hairline-b align-top hover:bg-hover">
                  <Td className="min-w-56 py-1 whitespace-normal max-sm:min-w-0">
                    <span className="font-medium">{rule.name}</span>
                    <span className="block font-mono text-ink-3" title={`${head.source} ${rule.source}`}>
                      {rule.id}
                    </span>
                  </Td>
                  <Td className="max-w-0 py-1 whitespace-normal max-sm:hidden">
                    <Match match={rule.match} />
                    {rule.remediation ? <span className="block text-ink-3">{rule.remediation}</span> : null}
                  </Td>
                  <Td className="py-1">
                    <FailureClassBadge failureClass={rule.class} />
                  </Td>
                  <Td className="py-1 text-ink-2 max-lg:hidden">{ruleWords.origins[rule.origin]}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )
      ) : (
        <Unread query={list} rows={12} />
      )}
      <div className="flex justify-end gap-2">
        {from > 0 ? (
          <Button onClick={() => setValues({ from: null })}>{ruleWords.firstBuiltIn}</Button>
        ) : null}
        {list.data?.next ? (
          <Button onClick={() => setValues({ from: list.data?.next ?? null })}>
            {ruleWords.moreBuiltIn}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const shownValues = 12;

function Match({ match }: { match: BuiltInRuleView["match"] }) {
  const values = [
    { word: ruleWords.field.code, of: match.code },
    { word: ruleWords.field.errorName, of: match.errorName },
    { word: ruleWords.field.httpStatus, of: match.httpStatus },
    { word: ruleWords.field.messagePattern, of: match.messagePattern },
  ].filter(({ of }) => of !== undefined && of.length > 0);
  return (
    <>
      {values.map(({ word, of = [] }) => (
        <span key={word} className="block break-words" title={of.join(" · ")}>
          <span className="text-ink-3">{word} </span>
          <span className="font-mono">{of.slice(0, shownValues).join(" · ")}</span>
          {of.length > shownValues ? <span className="text-ink-3"> +{of.length - shownValues}</span> : null}
        </span>
      ))}
    </>
  );
}
