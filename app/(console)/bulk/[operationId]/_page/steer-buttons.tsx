"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { bulkWords } from "#app/words/bulk-words.ts";
import { useNowMs } from "#components/domain/now.ts";
import { Button } from "#components/ui/button.tsx";
import { roleCovers } from "#core/access/role.ts";
import { isBulkOver } from "#core/bulk/bulk-state.ts";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";
import { problemText } from "../../../_parts/problem-text.ts";

const ReasonDialog = dynamic(() =>
  import("../../../_parts/reason-dialog.tsx").then((module) => module.ReasonDialog),
);
type Verb = keyof typeof bulkWords.steer;

/** Pause, resume, abort and take back, each where the state allows it. */
export function SteerButtons({ operation }: { operation: BulkView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const nowMs = useNowMs();
  const [asked, setAsked] = useState<Verb | null>(null);
  const [shown, setShown] = useState<Verb>("pause");
  if (asked && asked !== shown) setShown(asked);
  const steer = useMutation(trpc.bulk.steer.mutationOptions());
  const takeBack = useMutation(trpc.bulk.takeBack.mutationOptions());
  const mayAct = roleCovers(useRole(), "operator");
  const { id, state, takeBackUntilMs } = operation;
  const going = state === "running" || state === "freezing";
  const stopped = state === "paused" || state === "halted";
  const recallable = takeBackUntilMs !== null && nowMs > 0 && nowMs < takeBackUntilMs;
  const acting = shown === "takeBack" ? takeBack : steer;
  const confirm = async (reason: string) => {
    if (shown === "takeBack") {
      const started = await takeBack.mutateAsync({ id, reason }).catch(() => null);
      if (started) router.push(`/bulk/${started.operationId}`);
      else return;
    } else {
      const done = await steer.mutateAsync({ id, verb: shown, reason }).then(
        () => true,
        () => false,
      );
      await queryClient.invalidateQueries({ queryKey: trpc.bulk.pathKey() });
      if (!done) return;
    }
    setAsked(null);
  };
  if (!mayAct) return null;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {going ? <Button onClick={() => setAsked("pause")}>{bulkWords.pause}</Button> : null}
        {stopped ? (
          <Button tone="primary" onClick={() => setAsked("resume")}>
            {bulkWords.resume}
          </Button>
        ) : null}
        {recallable ? <Button onClick={() => setAsked("takeBack")}>{bulkWords.takeBack}</Button> : null}
        {isBulkOver(state) ? null : (
          <Button tone="danger" onClick={() => setAsked("abort")}>
            {bulkWords.abort}
          </Button>
        )}
      </div>
      <ReasonDialog
        open={asked !== null}
        onClose={() => {
          acting.reset();
          setAsked(null);
        }}
        onConfirm={confirm}
        title={bulkWords.steer[shown].title}
        what={bulkWords.steer[shown].what}
        confirm={bulkWords[shown]}
        danger={shown === "abort"}
        needed={false}
        pending={acting.isPending}
        problem={acting.error ? problemText(acting.error) : null}
      />
    </>
  );
}
