"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { policyWords } from "#app/words/policy-words.ts";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { type Versioned, VersionPanel } from "../../../_parts/version-panel.tsx";

/** The versions of a policy; rolling back writes the old body as a new version. */
export function PolicyVersions({ name, latest, canEdit }: Versioned) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(
    trpc.policies.versions.infiniteQueryOptions({ name }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const put = useMutation(trpc.policies.put.mutationOptions());
  return (
    <VersionPanel
      name={name}
      list={list}
      versions={list.data?.pages.flatMap((page) =>
        page.versions.map(({ policy, ...line }) => ({ ...line, body: policy })),
      )}
      canEdit={canEdit}
      pending={put.isPending}
      problem={put.error ? problemText(put.error) : null}
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
