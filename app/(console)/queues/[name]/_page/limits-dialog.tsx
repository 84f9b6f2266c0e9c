"use client";

import { useState } from "react";
import { queueWords } from "#app/words/queue-words.ts";
import { Button } from "#components/ui/button.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { parseDuration } from "#core/parse-duration.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { DurationField } from "../../../_parts/duration-field.tsx";
import { durationText } from "../../../_parts/duration-text.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";
import { findLimitEffects } from "./limit-effects.ts";
import { useQueueChange } from "./use-queue-change.ts";

const mostJobs = 1_000_000;
const longestPerMs = 86_400_000;
const { field, wrong } = queueWords;

/** Edits the cap, the rate limit and the pool of a queue, and says before saving what that will do. */
export function LimitsDialog({ queue, pools }: { queue: BoardQueue; pools: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(queue);
  const [cap, setCap] = useState("");
  const [capPerKey, setCapPerKey] = useState("");
  const [fair, setFair] = useState(false);
  const [count, setCount] = useState("");
  const [per, setPer] = useState("");
  const [pool, setPool] = useState("");
  const { change, pending, problem, reset } = useQueueChange(asked);
  const begin = () => {
    setAsked(queue);
    setCap(queue.maxRunning === null ? "" : String(queue.maxRunning));
    setCapPerKey(queue.maxRunningPerKey === null ? "" : String(queue.maxRunningPerKey));
    setFair(queue.fair);
    setCount(queue.rateLimit === null ? "" : String(queue.rateLimit.count));
    setPer(queue.rateLimit === null ? "1 s" : durationText(queue.rateLimit.perMs));
    setPool(queue.pool);
    reset();
    setOpen(true);
  };
  const maxRunning = whole(cap, 0);
  const maxRunningPerKey = whole(capPerKey, 1);
  const perKeyWrong =
    maxRunningPerKey === undefined
      ? wrong.capPerKey
      : isPointlessKeyCap(maxRunning, maxRunningPerKey)
        ? wrong.capPerKeyMore
        : null;
  const starts = whole(count, 1);
  const perMs = parseDuration(per);
  const perWrong = starts !== null && (perMs === null || perMs < 1 || perMs > longestPerMs);
  const poolWrong = !/^[a-z0-9][a-z0-9._-]{0,99}$/.test(pool);
  const valid =
    maxRunning !== undefined &&
    maxRunningPerKey !== undefined &&
    starts !== undefined &&
    !perKeyWrong &&
    !perWrong &&
    !poolWrong;
  const rateLimit =
    starts === null || starts === undefined || perMs === null ? null : { count: starts, perMs };
  const draft = valid ? { maxRunning, maxRunningPerKey, fair, rateLimit, pool } : null;
  const confirm = async (reason: string) => {
    if (draft && (await change(draft, reason, queueWords.saved(asked.name)))) setOpen(false);
  };
  return (
    <>
      <Button size="small" onClick={begin}>
        {queueWords.editLimits}
      </Button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={confirm}
        title={queueWords.editTitle(asked.name)}
        what={queueWords.editWhat}
        confirm={queueWords.saveLimits}
        needed={false}
        pending={pending || !draft}
        problem={problem}
      >
        <NumberField
          label={field.cap}
          hint={field.capHint}
          error={maxRunning === undefined ? wrong.cap : null}
          value={cap}
          onChange={setCap}
        />
        <NumberField
          label={field.capPerKey}
          hint={field.capPerKeyHint}
          error={perKeyWrong}
          value={capPerKey}
          onChange={setCapPerKey}
        />
        <SwitchField label={field.fair} hint={field.fairHint} checked={fair} onChange={setFair} />
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label={field.count}
            hint={field.countHint}
            error={starts === undefined ? wrong.count : null}
            value={count}
            onChange={setCount}
          />
          <DurationField
            label={field.per}
            error={perWrong ? wrong.per : null}
            value={per}
            onChange={setPer}
          />
        </div>
        <TextInputField
          label={field.pool}
          hint={field.poolHint}
          error={poolWrong ? wrong.pool : null}
          value={pool}
          onChange={(event) => setPool(event.target.value)}
        />
        {draft ? (
          <section
            aria-label={queueWords.effects}
            aria-live="polite"
            className="border-l-2 border-accent pl-3"
          >
            <h3 className="text-sm font-medium">{queueWords.effects}</h3>
            {findLimitEffects(asked, draft, pools).map((told) => (
              <p key={told.kind} className="text-sm text-ink-2">
                {queueWords.effect(told)}
              </p>
            ))}
          </section>
        ) : null}
      </ReasonDialog>
    </>
  );
}

/** A cap per key beyond that of the queue, which the server refuses. */
function isPointlessKeyCap(cap: number | null | undefined, perKey: number | null): boolean {
  return typeof cap === "number" && cap > 0 && perKey !== null && perKey > cap;
}

/** A whole number as it was typed: null for nothing, undefined for what is none or out of range. */
function whole(text: string, least: number): number | null | undefined {
  const typed = text.trim().replaceAll(",", "");
  if (typed === "") return null;
  const figure = Number(typed);
  return Number.isInteger(figure) && figure >= least && figure <= mostJobs ? figure : undefined;
}
