"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { LimitsDialog } from "../../../queues/[name]/_page/limits-dialog.tsx";
import { PauseButton } from "../../../queues/[name]/_page/pause-button.tsx";

/** Lets the queue of a waiting job go on, or changes its limits, with the dialogs of its own page. */
export function QueueAct({ name, act }: { name: string; act: "resume" | "limits" }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.queues.get.queryOptions({ name }));
  if (!found.data) return null;
  const { queue, pools } = found.data;
  if (act === "limits") return <LimitsDialog queue={queue} pools={pools} />;
  return queue.paused ? <PauseButton queue={queue} /> : null;
}
