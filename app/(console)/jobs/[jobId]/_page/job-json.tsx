"use client";

import { JsonView } from "#components/domain/json-view.tsx";
import type { ShownJson } from "#server/api/jobs/job-detail.ts";
import { type JsonText, useReveal } from "./use-reveal.tsx";

/** One of a job's JSON texts, its secrets behind blocks that can be asked to open. */
export function JobJson({
  jobId,
  which,
  json,
  label,
}: {
  jobId: string;
  which: JsonText;
  json: ShownJson;
  label: string;
}) {
  const { hidden, dialog } = useReveal(jobId, which, json);
  return (
    <div className="pt-2">
      <JsonView text={json.text} label={label} hidden={hidden} />
      {dialog}
    </div>
  );
}
