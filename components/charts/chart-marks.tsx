"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { formatClock } from "../domain/format-instant.ts";
import { visibleText } from "../domain/visible-text.ts";
import { cn } from "../ui/cn.ts";
import { words } from "../words.ts";
import type { ChartMark } from "./chart-data.ts";
import { clusterMarks, type MarkCluster } from "./cluster-marks.ts";

/** Two marks nearer than this share of the width are one. */
const apart = 0.012;
/** Marks of a cluster that are told one by one. */
const mostTold = 6;

/**
 * What was done, over the plot of a chart: a thin line with a flag at its top, full for people and hollow for what
 * Signalbox did by itself. The flag tells more under the pointer or in focus. All of them are one stop of the tab key;
 * the arrow keys go from one to the next.
 */
export function ChartMarks({
  marks,
  fromMs,
  toMs,
}: {
  marks: readonly ChartMark[];
  fromMs: number;
  toMs: number;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const clusters = clusterMarks(marks, { fromMs, toMs }, apart);
  const stop = Math.min(current, clusters.length - 1);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(clusters.length - 1, Math.max(0, stop + step));
    setCurrent(next);
    list.current?.querySelectorAll<HTMLElement>("[data-mark]")[next]?.focus();
  };
  if (clusters.length === 0) return null;
  return (
    <ul ref={list} aria-label={words.marks} onKeyDown={move} className="pointer-events-none absolute inset-0">
      {clusters.map((cluster, index) => (
        <Mark
          key={cluster.marks[0]?.atMs}
          cluster={cluster}
          inTabOrder={index === stop}
          onFocus={() => setCurrent(index)}
        />
      ))}
    </ul>
  );
}

function Mark({
  cluster,
  inTabOrder,
  onFocus,
}: {
  cluster: MarkCluster;
  inTabOrder: boolean;
  onFocus: () => void;
}) {
  const { at, marks } = cluster;
  const told = marks.slice(0, mostTold).map(tell);
  const more = marks.length - told.length;
  const byPerson = marks.some(({ kind }) => kind === "operator");
  const href = marks.length === 1 ? marks[0]?.href : (marks.findLast((mark) => mark.href)?.href ?? undefined);
  const shared = {
    "data-mark": "",
    tabIndex: inTabOrder ? 0 : -1,
    onFocus,
    "aria-label": [...told, ...(more > 0 ? [words.moreMarks(more)] : [])].join("; "),
    className:
      "peer pointer-events-auto absolute -top-1 -left-1.5 flex h-4 w-3 justify-center rounded-sm pt-1",
  };
  const flag = (
    <span
      aria-hidden
      className={cn("size-1.5 rotate-45 border border-accent", byPerson ? "bg-accent" : "bg-bg")}
    />
  );
  return (
    <li className="absolute inset-y-0" style={{ left: `${at * 100}%` }}>
      <span
        aria-hidden
        className={cn("absolute inset-y-0 w-px bg-accent", byPerson ? "opacity-60" : "opacity-30")}
      />
      {href ? (
        <a href={href} {...shared}>
          {flag}
        </a>
      ) : (
        <button type="button" {...shared}>
          {flag}
        </button>
      )}
      <div
        aria-hidden
        className={cn(
          "absolute top-4 z-10 hidden w-max max-w-72 rounded-md border border-line bg-float px-2 py-1.5 text-sm shadow-float peer-hover:block peer-focus-visible:block",
          at > 0.5 ? "right-1" : "left-1",
        )}
      >
        {told.map((line, index) => (
          <p key={`${line} ${marks[index]?.atMs}`} className="break-words">
            {line}
          </p>
        ))}
        {more > 0 ? <p className="text-ink-3">{words.moreMarks(more)}</p> : null}
      </div>
    </li>
  );
}

function tell({ atMs, label }: ChartMark): string {
  return `${formatClock(atMs)} ${visibleText(label)}`;
}
