"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { policyWords } from "#app/words/policy-words.ts";
import { notify } from "#components/ui/notify.ts";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { VersionPanel } from "../../../_parts/version-panel.tsx";

/** The versions of a policy; rolling back writes the old body as a new version. */
export function PolicyVersions({
  name,
  latest,
  canEdit,
}: {
  name: string;
  latest: number;
  canEdit: boolean;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(
    trpc.policies.versions.infiniteQueryOptions({ name }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const put = useMutation(trpc.policies.put.mutationOptions());
  if (!list.data)
    return list.error ? (
      <QueryProblem error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <SkeletonRows rows={3} />
    );
  const versions = list.data.pages.flatMap((page) =>
    page.versions.map(({ policy, ...line }) => ({ ...line, body: policy })),
  );
  return (
    <VersionPanel
      name={name}
      versions={versions}
      canEdit={canEdit}
      pending={put.isPending}
      problem={put.error ? problemText(put.error) : null}
      more={list.hasNextPage}
      onMore={() => void list.fetchNextPage()}
      onRollBack={async (line, reason) => {
        const done = await put
          .mutateAsync({ name, policy: line.body, expectedVersion: latest, reason })
          .catch(() => null);
        await queryClient.invalidateQueries({ queryKey: trpc.policies.pathKey() });
        if (done)
          notify({ text: done.created ? policyWords.saved(name, done.version) : policyWords.same(name) });
        return done !== null;
      }}
    />
  );
}
