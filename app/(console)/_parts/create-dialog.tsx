"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { editWords } from "#app/words/edit-words.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { nameSchema } from "#core/definition/name.ts";
import { FormDialog } from "./form-dialog.tsx";

/** Asks for the name of a new thing and what to start from, then opens its page as a draft: nothing is stored yet. */
export function CreateDialog({
  title,
  what,
  path,
  from,
  sources,
  onClose,
}: {
  title: string;
  what: string;
  path: "/policies" | "/definitions";
  /** What is chosen to start from at first. */
  from: string;
  /** Names there are, to start from and not to be taken. */
  sources: readonly string[];
  onClose: () => void;
}) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [source, setSource] = useState(from);
  const [error, setError] = useState<string | null>(null);
  const submit = () => {
    const isName = nameSchema.safeParse(name).success;
    const problem = isName ? (sources.includes(name) ? editWords.nameTaken(name) : null) : editWords.nameBad;
    setError(problem);
    if (problem === null) {
      onClose();
      router.push(`${path}/${encodeURIComponent(name)}?from=${encodeURIComponent(source)}`);
    } else field.current?.focus();
  };
  return (
    <FormDialog
      initialFocus={field}
      title={title}
      description={what}
      confirm={editWords.goOn}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextInputField
        ref={field}
        label={editWords.name}
        hint={editWords.nameHint}
        error={error}
        value={name}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      {sources.length > 0 ? (
        <SelectField
          label={editWords.startFrom}
          value={source}
          options={[...new Set([from, ...sources])].map((value) => ({
            value,
            label: value || editWords.blank,
          }))}
          onChange={setSource}
        />
      ) : null}
    </FormDialog>
  );
}
