"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { partWords } from "#app/words/part-words.ts";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../../_parts/problem-text.ts";

const EditDialog = dynamic(() =>
  import("../../jobs/[jobId]/_page/edit-dialog.tsx").then((module) => module.EditDialog),
);

/** Edits the payload of one dead job and retries it, without leaving the list. */
export function DeadEdit({ id, onClose }: { id: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data, error } = useQuery(trpc.jobs.get.queryOptions({ id }, { refetchOnWindowFocus: false }));
  useEffect(() => {
    if (!error) return;
    notify({ tone: "error", text: partWords.notRead, detail: problemText(error) });
    onClose();
  }, [error, onClose]);
  if (!data) return null;
  return (
    <EditDialog
      job={data.job}
      onClose={() => {
        void queryClient.invalidateQueries({ queryKey: trpc.failures.pathKey() });
        onClose();
      }}
    />
  );
}
