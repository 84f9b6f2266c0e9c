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
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { DefinitionSpec } from "#core/definition/definition.ts";
import { BackLink } from "../../../_parts/back-link.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
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
const refetchMs = 10_000;
const tabNames = ["facts", "edit", "test", "versions"] as const;
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
        refetchInterval: refetchMs,
        retry: (failures, error) => error.data?.code !== "unknown_definition" && failures < 2,
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
    if (!canEdit || from === null) return <Missing name={name} />;
    if (from !== "" && !source.data && !source.error) return <SkeletonRows rows={10} />;
    const spec = source.data?.spec ?? (blank as unknown as DefinitionSpec);
    return (
      <div className="flex flex-col gap-4">
        <Head name={name}>
          <p className="text-ink-2">{definitionWords.newTitle}</p>
        </Head>
        <DefinitionEditor saved={{ name, version: 0, spec, createdBy: "" }} />
      </div>
    );
  }
  if (!found.data)
    return found.error ? (
      <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={10} />
    );
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
    ...acts,
    {
      value: "versions" as const,
      label: definitionWords.tabs.versions,
      view: <DefinitionVersions name={name} latest={view.latestVersion} canEdit={canEdit} />,
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      <Head name={name}>
        <div className="flex flex-wrap items-center gap-2">
          <p className="mr-auto text-sm text-ink-3">
            {definitionWords.version(view.version)} · <RelativeTime atMs={view.createdAtMs} />{" "}
            {definitionWords.by} <ForeignText text={view.createdBy} />
            {view.fromCode ? (
              <span title={definitionWords.fromCodeWhy}> · {definitionWords.fromCode}</span>
            ) : null}
          </p>
          <Link
            href={`/jobs?definition=${encodeURIComponent(name)}`}
            prefetch={false}
            className={buttonLook({ size: "small" })}
          >
            {definitionWords.jobs}
          </Link>
          {canEdit ? <PauseDefinition name={name} paused={view.paused} /> : null}
        </div>
        {view.paused ? <p className="max-w-160 text-ink-2">{definitionWords.pausedWhy}</p> : null}
      </Head>
      <Tabs
        label={definitionWords.views}
        value={tabs.some(({ value }) => value === tab) ? tab : "facts"}
        tabs={tabs}
        onChange={(next) => void setTab(next)}
      />
    </div>
  );
}

function Head({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <BackLink href="/definitions">{definitionWords.back}</BackLink>
      <h1 className="text-title font-semibold break-all">{name}</h1>
      {children}
    </div>
  );
}

function Missing({ name }: { name: string }) {
  return (
    <EmptyState
      page
      title={definitionWords.notFound(name)}
      action={
        <Link href="/definitions" className={buttonLook()}>
          {definitionWords.back}
        </Link>
      }
    >
      {definitionWords.noneTeach}
    </EmptyState>
  );
}
