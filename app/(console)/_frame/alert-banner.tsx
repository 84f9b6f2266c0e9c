"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { OctagonAlert } from "lucide-react";
import Link from "next/link";
import { Can } from "#app/_session/can.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertKindWords, railWords } from "#app/words/rail-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { visibleText } from "#components/domain/visible-text.ts";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../_parts/problem-text.ts";

/**
 * The newest critical alert that nobody has taken on, on every page, in the bar that is there anyway, so that nothing
 * moves when it comes or goes. It goes by being acknowledged.
 */
export function AlertBanner() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // The stream keeps it fresh.
  const { data: board } = useQuery(trpc.overview.board.queryOptions());
  const acknowledge = useMutation(
    trpc.alerts.acknowledge.mutationOptions({
      onSuccess: () => notify({ text: railWords.acknowledged }),
      onError: (error) => notify({ text: problemText(error), tone: "error" }),
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(trpc.alerts.pathFilter()),
          queryClient.invalidateQueries(trpc.overview.board.pathFilter()),
        ]),
    }),
  );
  const { urgent, first } = board?.alerts ?? { urgent: 0, first: null };
  return (
    <section
      aria-label={railWords.banner}
      aria-live="polite"
      className="flex min-w-0 grow basis-0 justify-start"
    >
      {first === null ? null : (
        <div className="flex h-8 min-w-0 items-center gap-2 rounded-md border border-gate-stop px-2 text-sm">
          <Link
            href={`/alerts?alert=${first.id}`}
            title={visibleText(first.cause)}
            className="flex h-full min-w-0 items-center gap-2 hover:underline"
          >
            <OctagonAlert aria-hidden className="size-4 shrink-0 text-gate-stop" />
            <span className="min-w-0 truncate font-medium max-sm:sr-only">
              {alertKindWords[first.kind]}
              <span className="font-normal max-md:sr-only">
                {": "}
                <ForeignText text={first.cause} />
              </span>
            </span>
          </Link>
          {urgent > 1 ? (
            <Link
              href="/alerts?severity=critical"
              className="shrink-0 text-ink-3 hover:underline max-sm:hidden"
            >
              {railWords.more(urgent - 1)}
            </Link>
          ) : null}
          <Can needs="operator">
            <Button
              size="small"
              className="max-md:hidden"
              disabled={acknowledge.isPending}
              onClick={() => acknowledge.mutate({ id: first.id, reason: "" })}
            >
              {railWords.acknowledge}
            </Button>
          </Can>
        </div>
      )}
    </section>
  );
}
