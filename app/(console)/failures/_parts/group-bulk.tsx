"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { Button } from "#components/ui/button.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { BulkTarget } from "../../bulk/_start/start-bulk.tsx";

const StartBulk = dynamic(() =>
  import("../../bulk/_start/start-bulk.tsx").then((module) => module.StartBulk),
);

/** The acts on all jobs of a group, each named with its count; what is safe comes first when `safe`. */
export function GroupBulk({
  fingerprint,
  dead,
  retrying,
  safe,
}: {
  fingerprint: string;
  dead: number;
  retrying: number;
  /** Whether retrying all is advised: only then its button stands out. */
  safe: boolean;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayAct = roleCovers(useRole(), "operator");
  const [target, setTarget] = useState<BulkTarget | null>(null);
  if (!mayAct || (dead === 0 && retrying === 0)) return null;
  const begin = (action: BulkTarget["action"], state: "dead" | "retryable") =>
    setTarget({ action, jobs: { filter: { failureGroup: fingerprint, states: [state] } } });
  return (
    <div className="flex flex-wrap gap-2">
      {dead > 0 ? (
        <>
          <Button tone={safe ? "primary" : "plain"} onClick={() => begin("retry", "dead")}>
            {failureWords.retryAll(dead)}
          </Button>
          <Button onClick={() => begin("discard", "dead")}>{failureWords.discardAll(dead)}</Button>
        </>
      ) : null}
      {retrying > 0 ? (
        <Button onClick={() => begin("cancel", "retryable")}>{failureWords.cancelAll(retrying)}</Button>
      ) : null}
      {target ? (
        <StartBulk
          target={target}
          onClose={() => setTarget(null)}
          onStarted={() => queryClient.invalidateQueries({ queryKey: trpc.failures.pathKey() })}
        />
      ) : null}
    </div>
  );
}
