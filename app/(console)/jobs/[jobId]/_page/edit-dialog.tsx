"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { hasLongNumber } from "#components/domain/schema-form/has-long-number.ts";
import { JsonEditor } from "#components/domain/schema-form/json-editor.tsx";
import type { JsonSchema } from "#components/domain/schema-form/json-schema.ts";
import { notify } from "#components/ui/notify.ts";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { FormDialog } from "../../../_parts/form-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { ReasonField } from "../../../_parts/reason-field.tsx";

/**
 * Edits the payload by a form of its schema, or as JSON, and retries the job with it. Redacted values are there as
 * placeholders: one that stays stands for the value it was, and the value never comes to the browser.
 */
export function EditDialog({ job, onClose }: { job: JobPage; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // The payload as it was when the dialog was opened: what is edited is not changed under one's hands.
  const [before] = useState(() => job.payload?.text ?? "null");
  const [text, setText] = useState(() => pretty(before));
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const schema = useQuery(trpc.jobs.inputSchema.queryOptions({ id: job.id }));
  const retry = useMutation(trpc.jobs.retryEdited.mutationOptions());
  const placeholders = new Set(job.payload?.redactions.map(({ placeholder }) => placeholder));
  const errors = (retry.error?.data?.errors ?? [])
    .filter(({ path }) => path.startsWith("/payload"))
    .map(({ path, message }) => ({ path: path.slice("/payload".length), message }));
  const submit = async () => {
    if (reason.trim() === "") {
      setMissing(true);
      return;
    }
    const done = await retry.mutateAsync({ id: job.id, payload: text, reason }).catch(() => null);
    if (!done) return;
    await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
    notify({ text: jobWords.retried(1) });
    onClose();
  };
  return (
    <FormDialog
      wide
      title={jobPageWords.editTitle(job.id)}
      description={jobPageWords.editWhat}
      confirm={jobPageWords.editDo}
      pending={retry.isPending}
      problem={retry.error && errors.length === 0 ? problemText(retry.error) : null}
      onClose={onClose}
      onSubmit={submit}
    >
      {schema.isPending ? (
        <SkeletonRows rows={3} />
      ) : (
        <JsonEditor
          schema={schema.data ? (JSON.parse(schema.data.schema) as JsonSchema) : null}
          text={text}
          onChange={setText}
          errors={errors}
          label={jobWords.payload}
          isPlaceholder={(value) => typeof value === "string" && placeholders.has(value)}
        />
      )}
      <details className="text-sm">
        <summary className="w-fit text-ink-3 hover:text-ink">{jobPageWords.changes}</summary>
        <Changes before={before} after={text} />
      </details>
      <ReasonField needed tried={missing} value={reason} onChange={setReason} />
    </FormDialog>
  );
}

function Changes({ before, after }: { before: string; after: string }) {
  try {
    return <DiffView before={JSON.parse(before)} after={JSON.parse(after)} />;
  } catch {
    return null;
  }
}

/** Set out in lines, unless that would round a number. */
function pretty(text: string): string {
  return hasLongNumber(text) ? text : JSON.stringify(JSON.parse(text), null, 2);
}
