"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { definitionWords } from "#app/words/definition-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { DefinitionSpec } from "#core/definition/definition.ts";
import { MissingPage } from "../../../_parts/missing-page.tsx";
import { ObjectHead } from "../../../_parts/object-head.tsx";
import { pollKnown } from "../../../_parts/poll-known.ts";
import { retryUnless } from "../../../_parts/retry-unless.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { DefinitionFacts } from "./definition-facts.tsx";
import { DefinitionVersions } from "./definition-versions.tsx";
import { PauseDefinition } from "./pause-definition.tsx";

const DefinitionEditor = dynamic(
  () => import("../../_edit/definition-editor.tsx").then((module) => module.DefinitionEditor),
  { ssr: false, loading: () => <SkeletonRows rows={10} /> },
);
const TestSubmit = dynamic(() => import("../../_test/test-submit.tsx").then((module) => module.TestSubmit), {
  ssr: false,
  loading: () => <SkeletonRows rows={10} />,
});
const RetryHelp = dynamic(
  () => import("../../../_retries/retry-help.tsx").then((module) => module.RetryHelp),
  { ssr: false, loading: () => <SkeletonRows rows={10} /> },
);
const refetchMs = 10_000;
const tabNames = ["facts", "retries", "edit", "test", "versions"] as const;
const list = { href: "/definitions", back: definitionWords.back };
const blank = { queue: "default", inputSchema: true, priority: "normal", guarantee: "at-least-once" };

/** The page of a definition: what it is, edited, tried out, its versions. */
export function DefinitionView({ name }: { name: string }) {
  const trpc = useTRPC();
  const canEdit = roleCovers(useRole(), "operator");
  const [from] = useQueryState("from");
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabNames).withDefault("facts"));
  const found = useQuery(
    trpc.definitions.get.queryOptions(
      { name },
      {
        refetchInterval: pollKnown(refetchMs),
        retry: retryUnless("unknown_definition"),
      },
    ),
  );
  const isMissing = found.error?.data?.code === "unknown_definition";
  const source = useQuery(
    trpc.definitions.get.queryOptions(
      { name: from ?? "" },
      { enabled: isMissing && from !== null && from !== "", retry: false },
    ),
  );
  if (isMissing) {
    if (!canEdit || from === null)
      return (
        <MissingPage title={definitionWords.notFound(name)} {...list}>
          {definitionWords.noneTeach}
        </MissingPage>
      );
    if (from !== "" && !source.data && !source.error) return <SkeletonRows rows={10} />;
    const spec = source.data?.spec ?? (blank as unknown as DefinitionSpec);
    return (
      <div className="flex flex-col gap-4">
        <ObjectHead {...list} title={name}>
          <p className="text-ink-2">{definitionWords.newTitle}</p>
        </ObjectHead>
        <DefinitionEditor saved={{ name, version: 0, spec, createdBy: "" }} />
      </div>
    );
  }
  if (!found.data) return <Unread query={found} rows={10} />;
  const view = found.data;
  const acts = canEdit
    ? [
        {
          value: "edit" as const,
          label: definitionWords.tabs.edit,
          view: <DefinitionEditor key={name} saved={view} />,
        },
        {
          value: "test" as const,
          label: definitionWords.tabs.test,
          view: <TestSubmit key={name} name={name} spec={view.spec} />,
        },
      ]
    : [];
  const tabs = [
    { value: "facts" as const, label: definitionWords.tabs.facts, view: <DefinitionFacts view={view} /> },
    {
      value: "retries" as const,
      label: definitionWords.tabs.retries,
      view: <RetryHelp of={{ definition: name }} />,
    },
    ...acts,
    {
      value: "versions" as const,
      label: definitionWords.tabs.versions,
      view: <DefinitionVersions name={name} latest={view.latestVersion} canEdit={canEdit} />,
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      <ObjectHead
        {...list}
        title={name}
        acts={
          <>
            <Link
              href={`/jobs?definition=${encodeURIComponent(name)}`}
              prefetch={false}
              className={buttonLook({ size: "small" })}
            >
              {definitionWords.jobs}
            </Link>
            {canEdit ? <PauseDefinition name={name} paused={view.paused} /> : null}
          </>
        }
      >
        <p className="text-sm text-ink-3">
          {definitionWords.version(view.version)} · <RelativeTime atMs={view.createdAtMs} />{" "}
          {definitionWords.by} <ForeignText text={view.createdBy} />
          {view.fromCode ? (
            <span title={definitionWords.fromCodeWhy}> · {definitionWords.fromCode}</span>
          ) : null}
        </p>
        {view.paused ? <p className="max-w-160 text-ink-2">{definitionWords.pausedWhy}</p> : null}
      </ObjectHead>
      <Tabs
        label={definitionWords.views}
        value={tabs.some(({ value }) => value === tab) ? tab : "facts"}
        tabs={tabs}
        onChange={(next) => void setTab(next)}
      />
    </div>
  );
}
