"use client";

import { useMemo, useState } from "react";
import { editWords } from "#app/words/edit-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type FieldConflict, findConflicts, type JsonObject, mergeFields } from "./merge-fields.ts";

const sides = [
  { value: "mine", label: editWords.mine },
  { value: "theirs", label: editWords.theirs },
] as const;
const told = { me: editWords.onlyMine, them: editWords.onlyTheirs, both: editWords.both } as const;

/** What two editors of one thing differ in, and the choice between them; `onChoose` gets what is to be saved next. */
export function ConflictDialog({
  name,
  version,
  who,
  base,
  mine,
  theirs,
  nested,
  onChoose,
  onClose,
}: {
  name: string;
  /** What they saved, in words: 'version 4'. */
  version: string;
  who: string;
  /** What both edits began with. */
  base: JsonObject;
  mine: JsonObject;
  theirs: JsonObject;
  /** Keys whose entries are chosen one by one. */
  nested: readonly string[];
  onChoose: (chosen: JsonObject) => void;
  onClose: () => void;
}) {
  const conflicts = useMemo(
    () => findConflicts({ base, mine, theirs }, nested),
    [base, mine, theirs, nested],
  );
  const [kept, setKept] = useState<ReadonlySet<string>>(
    () => new Set(conflicts.filter(({ changedBy }) => changedBy !== "them").map(keyOf)),
  );
  const choose = (chosen: ReadonlySet<string>) => onChoose(mergeFields(theirs, conflicts, chosen));
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={editWords.conflictTitle(name)}
      description={editWords.conflictWhat(version, who)}
      footer={
        <>
          <Button onClick={() => choose(new Set())}>{editWords.takeTheirs}</Button>
          <Button onClick={() => choose(new Set(conflicts.map(keyOf)))}>{editWords.keepMine}</Button>
          <Button tone="primary" onClick={() => choose(kept)}>
            {editWords.useMerge}
          </Button>
        </>
      }
    >
      {conflicts.length === 0 ? <p className="text-sm text-ink-2">{editWords.agreed}</p> : null}
      <ul className="flex flex-col">
        {conflicts.map((conflict) => {
          const key = keyOf(conflict);
          return (
            <li key={key} className="hairline-b flex flex-col gap-1 py-2 last:border-0">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <span className="font-mono text-sm">{conflict.path.join(".")}</span>
                <span className="text-sm text-ink-3">{told[conflict.changedBy]}</span>
                <Segmented
                  label={editWords.takeOf(conflict.path.join("."))}
                  value={kept.has(key) ? "mine" : "theirs"}
                  options={sides}
                  onChange={(side) => setKept(withKey(kept, key, side === "mine"))}
                />
              </div>
              <Side name={editWords.was} value={conflict.base} />
              <Side name={editWords.mine} value={conflict.mine} chosen={kept.has(key)} />
              <Side name={editWords.theirs} value={conflict.theirs} chosen={!kept.has(key)} />
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function Side({ name, value, chosen }: { name: string; value: unknown; chosen?: boolean }) {
  const text = value === undefined ? null : JSON.stringify(value);
  return (
    <p className={chosen ? "flex gap-2 text-sm text-ink" : "flex gap-2 text-sm text-ink-3"}>
      <span className="w-12 shrink-0">{name}</span>
      {text === null ? (
        <span>{editWords.nothing}</span>
      ) : (
        <span className="min-w-0 font-mono break-words">
          <ForeignText text={text} />
        </span>
      )}
    </p>
  );
}

function keyOf({ path }: FieldConflict): string {
  return path.join("/");
}

function withKey(keys: ReadonlySet<string>, key: string, present: boolean): ReadonlySet<string> {
  const next = new Set(keys);
  if (present) next.add(key);
  else next.delete(key);
  return next;
}
