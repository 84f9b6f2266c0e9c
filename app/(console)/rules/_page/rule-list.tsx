"use client";

import { ArrowDown, ArrowUp, GripVertical, Pencil, Trash2 } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useState } from "react";
import { ruleWords } from "#app/words/rule-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import type { ShadowedRule } from "#core/failure/find-shadowed-rules.ts";
import { RuleConditions } from "./rule-conditions.tsx";

/** The rules in their order: moved by the pointer, by the arrows of a row, or by Alt and an arrow key on it. */
export function RuleList({
  rules,
  editable,
  shadowed,
  decided,
  onMove,
  onEdit,
  onRemove,
}: {
  rules: readonly FailureRule[];
  editable: boolean;
  shadowed: readonly ShadowedRule[];
  /** Failures that each rule decided when it was last tried; null when it was not, or not as it stands. */
  decided: readonly number[] | null;
  onMove: (from: number, to: number) => void;
  onEdit: (place: number) => void;
  onRemove: (place: number) => void;
}) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const move = (from: number, to: number) => {
    const rule = rules[from];
    if (!editable || !rule || to < 0 || to >= rules.length || from === to) return;
    onMove(from, to);
    setSaid(ruleWords.moved(rule.name, to + 1, rules.length));
  };
  const onKeyDown = (event: KeyboardEvent, place: number) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(place, event.key === "ArrowUp" ? place - 1 : place + 1);
  };
  const onDrop = (event: DragEvent, place: number) => {
    event.preventDefault();
    if (dragged !== null) move(dragged, place);
    setDragged(null);
    setOver(null);
  };
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <ol aria-label={ruleWords.list} className="flex flex-col">
        {rules.map((rule, place) => {
          const shadow = shadowed.find((each) => each.rule === place);
          return (
            <li
              key={rule.id}
              draggable={editable}
              onDragStart={(event) => {
                setDragged(place);
                event.dataTransfer.effectAllowed = "move";
              }}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setOver(place);
              }}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              onDrop={(event) => onDrop(event, place)}
              onKeyDown={(event) => onKeyDown(event, place)}
              className={cn(
                "hairline-b flex items-start gap-2 py-1.5 hover:bg-hover focus-within:bg-hover",
                dragged === place && "opacity-55",
                over === place && dragged !== place && "shadow-[inset_0_2px_var(--accent)]",
              )}
            >
              {editable ? (
                <span title={ruleWords.drag} className="mt-1 cursor-grab text-ink-3">
                  <GripVertical aria-hidden className="size-3.5" />
                </span>
              ) : null}
              <span className="mt-0.5 w-6 shrink-0 text-right text-sm text-ink-3">
                {ruleWords.order(place + 1)}
              </span>
              <div className="min-w-0 grow text-sm">
                <p className="flex flex-wrap items-baseline gap-x-3">
                  {editable ? (
                    <button
                      type="button"
                      className="text-left font-medium hover:underline"
                      onClick={() => onEdit(place)}
                    >
                      <ForeignText text={rule.name} />
                    </button>
                  ) : (
                    <ForeignText text={rule.name} className="font-medium" />
                  )}
                  <FailureClassBadge failureClass={rule.class} />
                  <span className="text-ink-3">{ruleWords.origins[rule.origin]}</span>
                  {decided ? (
                    <span className="text-ink-3">{ruleWords.decided(decided[place] ?? 0)}</span>
                  ) : null}
                </p>
                <p className="break-words">
                  <RuleConditions match={rule.match} />
                </p>
                {shadow ? (
                  <p className="text-gate-caution">
                    {ruleWords.shadowed(rules[shadow.by]?.name ?? String(shadow.by + 1))}
                  </p>
                ) : null}
              </div>
              {editable ? (
                <div className="flex shrink-0">
                  <IconButton
                    label={ruleWords.up(rule.name)}
                    disabled={place === 0}
                    focusableWhenDisabled
                    onClick={() => move(place, place - 1)}
                  >
                    <ArrowUp aria-hidden />
                  </IconButton>
                  <IconButton
                    label={ruleWords.down(rule.name)}
                    disabled={place === rules.length - 1}
                    focusableWhenDisabled
                    onClick={() => move(place, place + 1)}
                  >
                    <ArrowDown aria-hidden />
                  </IconButton>
                  <IconButton label={ruleWords.edit(rule.name)} onClick={() => onEdit(place)}>
                    <Pencil aria-hidden />
                  </IconButton>
                  <IconButton label={ruleWords.remove(rule.name)} onClick={() => onRemove(place)}>
                    <Trash2 aria-hidden />
                  </IconButton>
                </div>
              ) : null}
            </li>
          );
        })}
      </ol>
    </>
  );
}
