"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { MissingPage } from "../../../_parts/missing-page.tsx";
import { ObjectHead } from "../../../_parts/object-head.tsx";
import { pollKnown } from "../../../_parts/poll-known.ts";
import { retryUnless } from "../../../_parts/retry-unless.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { BreakerActs } from "./breaker-acts.tsx";
import { BreakerState } from "./breaker-state.tsx";
import { DependencyNow } from "./dependency-now.tsx";

const DependencySettings = dynamic(
  () => import("../../_edit/dependency-settings.tsx").then((module) => module.DependencySettings),
  { ssr: false, loading: () => <SkeletonRows rows={10} /> },
);
const refetchMs = 2_000;
const tabNames = ["now", "settings"] as const;

/** The page of a dependency: how its breaker stands and why, what it holds, its course, and how it is guarded. */
export function DependencyView({ name }: { name: string }) {
  const trpc = useTRPC();
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabNames).withDefault("now"));
  const found = useQuery(
    trpc.dependencies.get.queryOptions(
      { name },
      { refetchInterval: pollKnown(refetchMs), retry: retryUnless("not_found") },
    ),
  );
  useKeys({ e: () => void setTab("settings") });
  const detail = found.data;
  if (!detail) {
    if (found.error?.data?.code !== "not_found") return <Unread query={found} rows={10} />;
    return (
      <MissingPage title={dependencyWords.notFound} href="/dependencies" back={dependencyWords.back}>
        {found.error.message}
      </MissingPage>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ObjectHead
        href="/dependencies"
        back={dependencyWords.back}
        title={name}
        acts={<BreakerActs detail={detail} />}
      >
        <BreakerState detail={detail} />
      </ObjectHead>
      <Tabs
        label={dependencyWords.views}
        value={tab}
        tabs={[
          { value: "now", label: dependencyWords.tabs.now, view: <DependencyNow detail={detail} /> },
          {
            value: "settings",
            label: dependencyWords.tabs.settings,
            view: <DependencySettings key={name} saved={detail} />,
          },
        ]}
        onChange={(next) => void setTab(next)}
      />
    </div>
  );
}
