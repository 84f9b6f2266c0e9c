"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { definitionWords } from "#app/words/definition-words.ts";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";

/** Pauses a definition, or lets it go on; asks why. */
export function PauseDefinition({ name, paused }: { name: string; paused: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // What the dialog says holds still while it is open.
  const [asked, setAsked] = useState<{ wasPaused: boolean } | null>(null);
  const setPaused = useMutation(trpc.definitions.setPaused.mutationOptions());
  const wasPaused = asked?.wasPaused ?? paused;
  const confirm = async (reason: string) => {
    const done = await setPaused.mutateAsync({ name, paused: !wasPaused, reason }).catch(() => null);
    if (!done) return;
    setAsked(null);
    notify({ text: done.paused ? definitionWords.wasPaused(name) : definitionWords.wasResumed(name) });
    await queryClient.invalidateQueries({ queryKey: trpc.definitions.pathKey() });
  };
  return (
    <>
      <Button
        size="small"
        tone={paused ? "primary" : "plain"}
        onClick={() => {
          setPaused.reset();
          setAsked({ wasPaused: paused });
        }}
      >
        {paused ? definitionWords.resume : definitionWords.pause}
      </Button>
      <ReasonDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={confirm}
        title={wasPaused ? definitionWords.resumeTitle(name) : definitionWords.pauseTitle(name)}
        what={wasPaused ? definitionWords.resumeWhat : definitionWords.pauseWhat}
        confirm={wasPaused ? definitionWords.resumeDo : definitionWords.pauseDo}
        danger={!wasPaused}
        needed={!wasPaused}
        pending={setPaused.isPending}
        problem={setPaused.error ? problemText(setPaused.error) : null}
      />
    </>
  );
}
