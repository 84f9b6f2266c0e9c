"use client";

import { words } from "../words.ts";
import { ForeignText } from "./foreign-text.tsx";
import { StackTrace } from "./stack-trace.tsx";

/** An error as a worker reported it; all of it foreign text. */
export interface ReportedError {
  name?: string | null;
  message?: string | null;
  code?: string | null;
  stack?: string | null;
  httpStatus?: number | null;
  dependency?: string | null;
  retryAfterMs?: number | null;
  causes?: ReportedError[];
}

/** An error with its facts, its stack folded below, and the errors it wraps. */
export function ErrorReport({ error, openStack = false }: { error: ReportedError; openStack?: boolean }) {
  const facts = [
    error.code ? { name: words.errorCode, value: error.code } : null,
    error.httpStatus ? { name: words.errorHttpStatus, value: String(error.httpStatus) } : null,
    error.dependency ? { name: words.errorDependency, value: error.dependency } : null,
  ].filter((fact) => fact !== null);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="min-w-0 break-words">
        <ForeignText text={error.name ?? "Error"} className="font-mono text-sm font-medium text-danger" />
        {error.message ? (
          <>
            <span className="text-ink-3">: </span>
            <ForeignText text={error.message} className="whitespace-pre-wrap" />
          </>
        ) : null}
      </p>
      {facts.length > 0 ? (
        <dl className="flex flex-wrap gap-x-4 text-sm">
          {facts.map((fact) => (
            <div key={fact.name} className="flex gap-1.5">
              <dt className="text-ink-3">{fact.name}</dt>
              <dd className="font-mono">
                <ForeignText text={fact.value} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {error.stack ? (
        <details open={openStack} className="text-sm">
          <summary className="w-fit text-ink-3 hover:text-ink">{words.stack}</summary>
          <StackTrace stack={error.stack} />
        </details>
      ) : null}
      {(error.causes ?? []).map((cause) => (
        <div key={`${cause.name} ${cause.message}`} className="border-l border-line pl-3">
          <p className="text-sm text-ink-3">{words.causedBy}</p>
          <ErrorReport error={cause} />
        </div>
      ))}
    </div>
  );
}
