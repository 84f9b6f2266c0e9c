"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "#app/_trpc/react.tsx";
import { ruleWords } from "#app/words/rule-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Unread } from "../../_parts/unread.tsx";
import { FailureNav } from "../../failures/_parts/failure-nav.tsx";
import { BuiltInRules } from "./built-in-rules.tsx";
import { OwnRules } from "./own-rules.tsx";
import { RuleVersions } from "./rule-versions.tsx";

const refetchMs = 15_000;

/** The rules by which failures are classified: the operators' own, those that come with the product, and versions. */
export function RulesView() {
  const trpc = useTRPC();
  const [tab, setTab] = useQueryState(
    "tab",
    parseAsStringLiteral(["own", "builtIn", "versions"]).withDefault("own"),
  );
  const query = useQuery(trpc.rules.get.queryOptions(undefined, { refetchInterval: refetchMs }));
  const saved = query.data;
  const wait = <Unread query={query} rows={6} />;
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{ruleWords.title}</h1>
      <FailureNav />
      <p className="max-w-160 text-ink-2">{ruleWords.what}</p>
      {saved ? (
        <p className="text-sm text-ink-3">
          {ruleWords.version(saved.version)}
          {saved.createdBy === null ? null : (
            <>
              {" "}
              <ForeignText text={ruleWords.by(saved.createdBy)} /> <RelativeTime atMs={saved.createdAtMs} />
            </>
          )}
        </p>
      ) : null}
      <Tabs
        label={ruleWords.tabsLabel}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "own", label: ruleWords.tabs.own, view: saved ? <OwnRules saved={saved} /> : wait },
          { value: "builtIn", label: ruleWords.tabs.builtIn, view: <BuiltInRules /> },
          {
            value: "versions",
            label: ruleWords.tabs.versions,
            view: saved ? <RuleVersions current={saved} /> : wait,
          },
        ]}
      />
    </div>
  );
}
