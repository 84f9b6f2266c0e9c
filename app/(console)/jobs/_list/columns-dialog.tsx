"use client";

import { type FormEvent, useState } from "react";
import { explorerWords } from "#app/words/explorer-words.ts";
import { visibleText } from "#components/domain/visible-text.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { columnOfPath, jobColumns, mostPaths, payloadPathOf, standardColumns } from "./job-columns.ts";

/** Which columns the list has; values of the payload are added by their path. */
export function ColumnsDialog({
  columns,
  onChange,
  onClose,
}: {
  columns: readonly string[];
  onChange: (columns: readonly string[]) => void;
  onClose: () => void;
}) {
  const [path, setPath] = useState("");
  const [problem, setProblem] = useState<string>();
  const paths = columns.filter((name) => name.startsWith("payload."));
  // Standard columns keep their order; those of payloads follow in the order in which they were added.
  const choose = (chosen: readonly string[]) =>
    onChange([
      ...jobColumns.filter((name) => chosen.includes(name)),
      ...chosen.filter((name) => name.startsWith("payload.")),
    ]);
  const toggle = (name: string) =>
    choose(columns.includes(name) ? columns.filter((each) => each !== name) : [...columns, name]);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const found = payloadPathOf(`payload.${path.trim().replace(/^payload\./, "")}`);
    setProblem(
      found === null
        ? explorerWords.badPath
        : paths.length >= mostPaths
          ? explorerWords.mostPaths
          : undefined,
    );
    if (found === null || paths.length >= mostPaths) return;
    choose([...columns.filter((name) => name !== columnOfPath(found)), columnOfPath(found)]);
    setPath("");
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={explorerWords.columns}
      description={explorerWords.columnsHint}
      footer={<Button onClick={() => onChange(standardColumns)}>{explorerWords.standardColumns}</Button>}
    >
      <ul className="grid grid-cols-2 gap-x-4 py-1">
        {[...jobColumns, ...paths].map((name) => {
          const word = name.startsWith("payload.")
            ? visibleText(name)
            : explorerWords.column[name as keyof typeof explorerWords.column];
          return (
            <li key={name} className="flex h-7 min-w-0 items-center gap-2 text-sm pointer-coarse:h-10">
              <Checkbox
                label={word}
                checked={columns.includes(name)}
                onChange={() => {
                  if (columns.length > 1 || !columns.includes(name)) toggle(name);
                }}
              />
              <span className="truncate">{word}</span>
            </li>
          );
        })}
      </ul>
      <form onSubmit={add} className="pt-2">
        <TextInputField
          label={explorerWords.addPath}
          hint={explorerWords.addPathHint}
          error={problem}
          value={path}
          maxLength={150}
          onChange={(event) => setPath(event.target.value)}
          end={<Button type="submit">{explorerWords.add}</Button>}
        />
      </form>
    </Dialog>
  );
}
