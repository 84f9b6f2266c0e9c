"use client";

import { dependencyWords } from "#app/words/dependency-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatClock } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import { SignalGate } from "#components/domain/signal-gate.tsx";
import { cn } from "#components/ui/cn.ts";
import type { DependencyDetail } from "#server/api/dependencies/dependency-summary.ts";
import { findBreakerLook } from "../../_parts/find-breaker-look.ts";

const tones = { open: "text-ink", caution: "text-gate-caution", stop: "text-gate-stop" };

/**
 * How a breaker stands in plain words: 'Open since 12:03 (4 min) · next probe in 3 s · 2,100 jobs held in 3 queues,
 * attempts untouched', and below what opened it or who forced it.
 */
export function BreakerState({ detail }: { detail: DependencyDetail }) {
  const nowMs = useNowMs();
  const { aspect, word } = findBreakerLook(detail);
  const { forced, forcedBy, forcedReason, forcedUntilMs, state, sinceMs, opened } = detail;
  const parts = isQuiet(detail) || sinceMs === null || nowMs === 0 ? [] : partsOf(detail, nowMs);
  return (
    <div className="flex items-start gap-3 pt-1">
      <SignalGate aspect={aspect} className="mt-0.5" />
      <div className="flex min-w-0 flex-col gap-0.5">
        {isQuiet(detail) || sinceMs === null ? (
          <p>{closedWords(detail)}</p>
        ) : (
          <p>
            <span className={cn("font-semibold", tones[aspect])}>
              {capital(dependencyWords.openSince(word, formatClock(sinceMs), Math.max(0, nowMs - sinceMs)))}
            </span>
            {parts.map((part) => (
              <span key={part} className="text-ink-2">
                {" · "}
                {part}
              </span>
            ))}
          </p>
        )}
        {forced !== null ? (
          <p className="max-w-200 text-sm text-ink-2">
            {capital(dependencyWords.forcedBy(dependencyWords.forced[forced]))}{" "}
            <ForeignText text={forcedBy ?? ""} className="font-medium" />:{" "}
            <ForeignText text={forcedReason ?? ""} />. {capital(dependencyWords.policySays(state))}.{" "}
            {forcedUntilMs === null || nowMs === 0
              ? dependencyWords.forcedWhy
              : dependencyWords.forcedUntil(formatClock(forcedUntilMs), Math.max(0, forcedUntilMs - nowMs))}
          </p>
        ) : null}
        {opened === null ? null : (
          <p className="max-w-200 text-sm break-words text-ink-2">
            <ForeignText text={capital(opened.cause)} />.
          </p>
        )}
      </div>
    </div>
  );
}

function isQuiet({ state, forced }: DependencyDetail): boolean {
  return state === "closed" && forced === null;
}

function closedWords({ ratePerSecond, sinceMs, window }: DependencyDetail): string {
  if (ratePerSecond !== null) return dependencyWords.closedLimited(ratePerSecond);
  return sinceMs === null && window.calls === 0 ? dependencyWords.neverCalled : dependencyWords.nothingToDo;
}

function partsOf(detail: DependencyDetail, nowMs: number): string[] {
  const { forced, state, untilMs, ratePerSecond, held, heldQueues } = detail;
  const isShut = forced === null ? state === "open" || state === "half-open" : forced === "open";
  const parts: string[] = [];
  if (forced === null && state === "half-open") parts.push(dependencyWords.probing);
  if (forced === null && state === "open" && untilMs !== null)
    parts.push(dependencyWords.nextProbe(untilMs - nowMs));
  if (forced === null && state === "recovering" && ratePerSecond !== null)
    parts.push(dependencyWords.ramp(ratePerSecond));
  if (isShut) parts.push(held === 0 ? dependencyWords.nothingHeld : dependencyWords.held(held, heldQueues));
  return parts;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
