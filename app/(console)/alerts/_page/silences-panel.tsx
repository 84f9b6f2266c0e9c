"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { Can } from "#app/_session/can.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { alertKinds } from "#core/alert/alert.ts";
import type { AppRouter } from "#server/api/root.ts";
import { problemText } from "../../_parts/problem-text.ts";

type Silence = inferRouterOutputs<AppRouter>["alerts"]["silences"]["silences"][number];

const refetchMs = 10_000;

/** The silences in force, each with its reason and who asked for it; absent while there is none. */
export function SilencesPanel() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.alerts.silences.queryOptions(undefined, { refetchInterval: refetchMs }));
  const end = useMutation(
    trpc.alerts.unsilence.mutationOptions({
      onSuccess: () => notify({ text: alertWords.silenceEnded }),
      onError: (error) => notify({ text: problemText(error), tone: "error" }),
      onSettled: () => queryClient.invalidateQueries(trpc.alerts.pathFilter()),
    }),
  );
  const silences = data?.silences ?? [];
  if (silences.length === 0) return null;
  return (
    <Panel title={alertWords.silences}>
      <ul>
        {silences.map((silence) => (
          <li
            key={silence.id}
            className="hairline-b flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5 text-sm last:border-0"
          >
            <span className="font-medium">
              <ForeignText text={sayScope(silence)} />
            </span>
            <span className="text-ink-2">
              <ForeignText text={silence.reason} />
            </span>
            <span className="text-ink-3">
              <ForeignText text={silence.createdBy} />, {alertWords.ends}{" "}
              <RelativeTime atMs={silence.untilMs} />
            </span>
            <Can needs="operator">
              <Button
                size="small"
                className="ml-auto"
                disabled={end.isPending}
                onClick={() => end.mutate({ id: silence.id })}
              >
                {alertWords.endSilence}
              </Button>
            </Can>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function sayScope({ key, kind, objectKind, objectId }: Silence): string {
  const known = alertKinds.find((each) => each === kind);
  const kindWord = known === undefined ? kind : alertWords.kinds[known];
  const about = objectKind && objectId ? alertWords.object(objectKind, objectId) : null;
  return [key, kindWord, about].filter((part) => part !== null).join(" · ");
}
