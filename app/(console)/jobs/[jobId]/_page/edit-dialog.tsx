"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { hasLongNumber } from "#components/domain/schema-form/has-long-number.ts";
import { JsonEditor } from "#components/domain/schema-form/json-editor.tsx";
import type { JsonSchema } from "#components/domain/schema-form/json-schema.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { notify } from "#components/ui/notify.ts";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { TextAreaField } from "#components/ui/text-field.tsx";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { problemText } from "../../../_parts/problem-text.ts";

/**
 * Edits the payload by a form of its schema, or as JSON, and retries the job with it. Redacted values are there as
 * placeholders: one that stays stands for the value it was, and the value never comes to the browser.
 */
export function EditDialog({ job, onClose }: { job: JobPage; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
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
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") setMissing(true);
    else if (!retry.isPending) {
      const done = await retry.mutateAsync({ id: job.id, payload: text, reason }).catch(() => null);
      if (!done) return;
      await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
      notify({ text: jobWords.retried(1) });
      onClose();
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={jobPageWords.editTitle(job.id)}
      description={jobPageWords.editWhat}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button type="submit" form={formId} tone="primary" disabled={retry.isPending} focusableWhenDisabled>
            {jobPageWords.editDo}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
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
        <TextAreaField
          label={partWords.reason}
          hint={partWords.reasonHint}
          error={missing && reason.trim() === "" ? partWords.reasonNeeded : null}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        {retry.error && errors.length === 0 ? (
          <ErrorState title={partWords.notDone} detail={problemText(retry.error)} />
        ) : null}
      </form>
    </Dialog>
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
