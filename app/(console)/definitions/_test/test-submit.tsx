"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { definitionWords } from "#app/words/definition-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { JsonEditor } from "#components/domain/schema-form/json-editor.tsx";
import type { JsonSchema } from "#components/domain/schema-form/json-schema.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import type { DefinitionSpec } from "#core/definition/definition.ts";
import type { FieldError } from "#core/error.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { curlOfSubmit, sdkCallOfSubmit, type TestJob } from "./submit-copies.ts";

const text = definitionWords.test;

/** A form made from the definition's schema that submits one job, checked by the server as any submit is. */
export function TestSubmit({ name, spec }: { name: string; spec: DefinitionSpec }) {
  const trpc = useTRPC();
  const submit = useMutation(trpc.definitions.submit.mutationOptions());
  const [payload, setPayload] = useState(() => (spec.inputSchema === true ? "null" : "{}"));
  const [priority, setPriority] = useState("");
  const [runAt, setRunAt] = useState("");
  const [key, setKey] = useState("");
  const [tags, setTags] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const job = toJob({ payload, priority, runAt, key, tags });
  const errors: readonly FieldError[] = submit.error?.data?.errors ?? [];
  const errorOf = (path: string) => errors.find((error) => error.path.startsWith(path))?.message;
  const ofPayload = errors
    .filter(({ path }) => path.startsWith("/payload"))
    .map(({ path, message }) => ({ path: path.slice("/payload".length), message }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    setProblem(job === "not-json" ? text.notJson : job === "bad-time" ? text.badTime : null);
    if (typeof job !== "string" && !submit.isPending) submit.mutate({ name, job: { ...job } });
  };
  return (
    <form onSubmit={send} className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="flex min-w-0 flex-col gap-3">
        <p className="text-sm text-ink-2">{text.what}</p>
        <JsonEditor
          schema={spec.inputSchema as JsonSchema}
          text={payload}
          onChange={setPayload}
          errors={ofPayload}
          label={text.payload}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <SelectField
          label={text.priority}
          value={priority}
          options={[
            { value: "", label: text.asDefined(spec.priority) },
            ...priorityClasses.map((value) => ({ value, label: value })),
          ]}
          onChange={setPriority}
        />
        <TextInputField
          label={text.runAt}
          hint={text.runAtHint}
          type="datetime-local"
          step="1"
          value={runAt}
          error={errorOf("/runAt")}
          onChange={(event) => setRunAt(event.target.value)}
        />
        <TextInputField
          label={text.key}
          hint={text.keyHint}
          value={key}
          error={errorOf("/idempotencyKey")}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setKey(event.target.value)}
        />
        <TextInputField
          label={text.tags}
          hint={text.tagsHint}
          value={tags}
          error={errorOf("/tags")}
          autoComplete="off"
          onChange={(event) => setTags(event.target.value)}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" tone="primary" disabled={submit.isPending} focusableWhenDisabled>
            {submit.data ? text.again : text.submit}
          </Button>
          {typeof job === "string" ? null : (
            <>
              <span className="flex items-center text-sm text-ink-3">
                {text.curlShort}
                <CopyButton text={curlOfSubmit(name, job, location.origin)} label={text.curl} />
              </span>
              <span className="flex items-center text-sm text-ink-3">
                {text.sdkShort}
                <CopyButton text={sdkCallOfSubmit(name, job)} label={text.sdk} />
              </span>
            </>
          )}
        </div>
        {problem ? <p className="text-sm text-danger">{problem}</p> : null}
        {submit.error ? <ErrorState title={partWords.notDone} detail={problemText(submit.error)} /> : null}
        {submit.data ? (
          <div role="status" className="flex flex-col items-start gap-2 border-l-2 border-gate-open pl-3">
            <p>{submit.data.deduplicated ? text.known(submit.data.id) : text.done(submit.data.id)}</p>
            <Link href={`/jobs/${submit.data.id}`} className={buttonLook({ size: "small" })}>
              {text.open}
            </Link>
          </div>
        ) : null}
      </div>
    </form>
  );
}

interface Typed {
  payload: string;
  priority: string;
  runAt: string;
  key: string;
  tags: string;
}

function toJob({ payload, priority, runAt, key, tags }: Typed): TestJob | "not-json" | "bad-time" {
  const at = runAt === "" ? null : new Date(runAt);
  if (at !== null && Number.isNaN(at.getTime())) return "bad-time";
  const words = tags
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
  try {
    return {
      payload: JSON.parse(payload) as unknown,
      ...(priority === "" ? {} : { priority }),
      ...(at === null ? {} : { runAt: at.toISOString() }),
      ...(key === "" ? {} : { idempotencyKey: key }),
      ...(words.length === 0 ? {} : { tags: words }),
    };
  } catch {
    return "not-json";
  }
}
