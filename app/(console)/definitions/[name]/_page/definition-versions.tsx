"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { definitionWords } from "#app/words/definition-words.ts";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { type Versioned, VersionPanel } from "../../../_parts/version-panel.tsx";

/** The versions of a definition; rolling back writes the old body as a new version, forced when pressed a second time. */
export function DefinitionVersions({ name, latest, canEdit }: Versioned) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(
    trpc.definitions.versions.infiniteQueryOptions({ name }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const put = useMutation(trpc.definitions.put.mutationOptions());
  // The version whose narrower schema was refused once: the second press forces it.
  const [refused, setRefused] = useState<number | null>(null);
  return (
    <VersionPanel
      name={name}
      list={list}
      versions={list.data?.pages.flatMap((page) =>
        page.versions.map(({ spec, ...line }) => ({ ...line, body: spec })),
      )}
      canEdit={canEdit}
      pending={put.isPending}
      problem={
        put.error
          ? `${problemText(put.error)}${refused === null ? "" : ` ${definitionWords.pressAgain}`}`
          : null
      }
      onRollBack={async (line, reason) => {
        try {
          const done = await put.mutateAsync({
            name,
            spec: line.body,
            expectedVersion: latest,
            force: refused === line.version,
            reason,
          });
          setRefused(null);
          await queryClient.invalidateQueries({ queryKey: trpc.definitions.pathKey() });
          notify({
            text: done.created ? definitionWords.saved(name, done.version) : definitionWords.same(name),
          });
          return true;
        } catch (error) {
          const { data } = error as { data?: { code?: string } };
          setRefused(data?.code === "conflict" ? line.version : null);
          return false;
        }
      }}
    />
  );
}
