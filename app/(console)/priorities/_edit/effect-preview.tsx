"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { priorityWords } from "#app/words/priority-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { priorityLook } from "#components/domain/priority-look.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import type { PrioritySettings } from "#core/priority/priority-settings.ts";
import { type ClassLoad, type StartsForecast, simulateStarts } from "#core/priority/simulate-starts.ts";
import type { ClassLoads } from "#server/api/priorities/read-class-loads.ts";

const starts = 500;
/** Where nothing starts at the moment there is no rate to go by, starts a second. */
const usualStartsPerSecond = 10;
const bases = [
  { value: "now", label: priorityWords.bases.now },
  { value: "surge", label: priorityWords.bases.surge },
] as const;
const { column } = priorityWords;

/** Who starts next under the settings as saved and as edited, side by side. */
export function EffectPreview({
  state,
  saved,
  edited,
}: {
  state: ClassLoads;
  saved: PrioritySettings;
  edited: PrioritySettings;
}) {
  const [basis, setBasis] = useState<"now" | "surge">("now");
  const shown = useDeferredValue(edited);
  const { loads, slots, startsPerSecond } = state;
  const simulate = useMemo(() => {
    const of = basis === "now" ? loads : surge();
    const fixed = {
      loads: of,
      slots: Math.max(1, slots),
      startsPerSecond: Math.max(usualStartsPerSecond, startsPerSecond),
      starts,
    };
    return (settings: PrioritySettings) => simulateStarts({ ...fixed, settings });
  }, [basis, loads, slots, startsPerSecond]);
  const before = useMemo(() => simulate(saved), [simulate, saved]);
  const after = useMemo(() => simulate(shown), [simulate, shown]);
  const of = basis === "now" ? loads : surge();
  return (
    <Panel
      title={priorityWords.preview}
      note={priorityWords.previewNote(starts)}
      aside={<Segmented label={priorityWords.basis} value={basis} options={bases} onChange={setBasis} />}
    >
      <p className="max-w-200 py-2 text-sm text-ink-3">
        {priorityWords.previewWhat(slots, formatRate(startsPerSecond))}{" "}
        {basis === "now" && state.depthAtMs !== null ? <RelativeTime atMs={state.depthAtMs} /> : null}
      </p>
      {before.starts === 0 ? (
        <p className="text-sm text-ink-2">{priorityWords.previewIdle}</p>
      ) : (
        <Table label={priorityWords.preview}>
          <thead>
            <tr>
              <Th>{column.class}</Th>
              <Th end className="max-sm:hidden">
                {column.waiting}
              </Th>
              <Th end className="max-md:hidden">
                {column.arrivals}
              </Th>
              <Th className={shareHead}>
                {column.share}: {column.now}
              </Th>
              <Th className={shareHead}>{column.next}</Th>
              <Th end className="max-sm:whitespace-normal">
                {column.longest}: {column.now}
              </Th>
              <Th end>{column.next}</Th>
            </tr>
          </thead>
          <tbody>
            {priorityClasses.map((name) => (
              <tr key={name} className="hairline-b">
                <Td>
                  <PriorityBadge priority={name} />
                </Td>
                <Td end className="max-sm:hidden">
                  <Figure value={of[name].waiting} exactness="as-of" />
                </Td>
                <Td end className="max-md:hidden">
                  {formatRate(of[name].arrivalsPerSecond)}
                </Td>
                <ShareCell name={name} forecast={before} />
                <ShareCell name={name} forecast={after} />
                <WaitCell name={name} forecast={before} />
                <WaitCell name={name} forecast={after} />
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

/** On a phone there is room for the figure alone. */
const shareHead = "sm:min-w-48 max-sm:text-right max-sm:whitespace-normal";

function ShareCell({ name, forecast }: { name: PriorityClass; forecast: StartsForecast }) {
  const share = forecast.starts === 0 ? 0 : forecast.byClass[name].starts / forecast.starts;
  return (
    <Td>
      <span className="flex items-center gap-2">
        <span className="h-2.5 grow bg-track max-sm:hidden">
          <span
            className="block h-full"
            style={{ width: `${share * 100}%`, background: priorityLook[name].colour }}
          />
        </span>
        <span className="w-10 text-right max-sm:w-full">{formatShare(share)}</span>
      </span>
    </Td>
  );
}

function WaitCell({ name, forecast }: { name: PriorityClass; forecast: StartsForecast }) {
  const { longestWaitMs, left } = forecast.byClass[name];
  return (
    <Td end title={left > 0 ? priorityWords.stillWaits(left) : undefined}>
      {longestWaitMs === null ? (
        <span className="text-ink-3">{words.none}</span>
      ) : (
        priorityWords.wait(longestWaitMs)
      )}
    </Td>
  );
}

/** A backlog of every class alike, the oldest a minute old. */
function surge(): Record<PriorityClass, ClassLoad> {
  const load: ClassLoad = { waiting: 500, oldestMs: 60_000, running: 0, arrivalsPerSecond: 1 };
  return { critical: load, high: load, normal: load, low: load, bulk: load };
}
