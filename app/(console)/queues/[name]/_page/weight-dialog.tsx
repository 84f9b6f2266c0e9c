"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { keyWords } from "#app/words/key-words.ts";
import { Button } from "#components/ui/button.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { leastWeight, mostWeight, standardWeight } from "#core/flow/key-weights.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";
import { useQueueChange } from "./use-queue-change.ts";

const longestKey = 200;

/** Sets the share of one key: of a given one, or of one that is typed. */
export function WeightDialog({
  queue,
  keyName = null,
  weight = standardWeight,
}: {
  queue: BoardQueue;
  keyName?: string | null;
  /** What the key has now. */
  weight?: number;
}) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState({ queue, weight });
  const [typedKey, setTypedKey] = useState("");
  const [typed, setTyped] = useState("");
  const key = keyName ?? typedKey;
  // Of a key that was typed nobody knows here what it had: taking it back gives it the standard.
  const standing = { keyWeights: { [key]: keyName === null ? null : asked.weight } };
  const { change, pending, problem, reset } = useQueueChange(asked.queue, standing);
  const begin = () => {
    setAsked({ queue, weight });
    setTypedKey("");
    setTyped(keyName === null ? "" : String(weight));
    reset();
    setOpen(true);
  };
  const figure = typed.trim() === "" ? Number.NaN : Number(typed);
  const isWeight = figure >= leastWeight && figure <= mostWeight;
  const isKey = key.length >= 1 && key.length <= longestKey;
  const confirm = async (reason: string) => {
    if (await change({ keyWeights: { [key]: figure } }, reason, keyWords.saved(key))) setOpen(false);
  };
  return (
    <>
      <Button
        size="small"
        tone={keyName === null ? "plain" : "quiet"}
        className={keyName === null ? undefined : "font-mono"}
        aria-label={keyName === null ? undefined : keyWords.weightOf(keyName, weight)}
        onClick={begin}
      >
        {keyName === null ? (
          keyWords.set
        ) : (
          <>
            {weight}
            <Pencil aria-hidden />
          </>
        )}
      </Button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={confirm}
        title={keyName === null ? keyWords.editTitle(asked.queue.name) : keyWords.editOf(keyName)}
        what={keyWords.editWhat}
        confirm={keyWords.save}
        needed={false}
        pending={pending || !isWeight || !isKey}
        problem={problem}
      >
        {keyName === null ? (
          <TextInputField
            label={keyWords.key}
            hint={keyWords.keyHint}
            error={typedKey !== "" && !isKey ? keyWords.keyWrong : null}
            value={typedKey}
            autoComplete="off"
            onChange={(event) => setTypedKey(event.target.value)}
          />
        ) : null}
        <NumberField
          label={keyWords.weight}
          hint={keyWords.weightHint}
          error={typed !== "" && !isWeight ? keyWords.weightWrong : null}
          value={typed}
          onChange={setTyped}
        />
        <p aria-live="polite" className="min-h-5 border-l-2 border-accent pl-3 text-sm text-ink-2">
          {isWeight ? keyWords.effect(figure) : null}
        </p>
      </ReasonDialog>
    </>
  );
}
