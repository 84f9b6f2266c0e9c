"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { jobWords } from "#app/words/job-words.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { Td, Th } from "#components/ui/table.tsx";
import { type ColumnLook, columnLooks, type ListedJob } from "./job-cells.tsx";
import { recallPlace, rememberPlace } from "./list-place.ts";

/** Rows drawn beyond the window, so that keys find the next one. */
const overscan = 20;
const rowHeight = 29;
const phoneRowHeight = 60;

/**
 * Jobs as rows, of which only those near the window are drawn; on a phone each row takes two lines. `place` names the
 * list, so that whoever comes back to it stands where they left. `onVisible` hears which rows are drawn, `onNearEnd` when
 * the last of them come near.
 */
export function JobTable({
  jobs,
  columns,
  place,
  selected,
  previewed,
  onToggle,
  onVisible,
  onNearEnd,
  faded,
}: {
  jobs: readonly ListedJob[];
  columns: readonly string[];
  place: string;
  selected: ReadonlySet<string>;
  previewed: string | null;
  onToggle: (id: string, range: boolean) => void;
  onVisible: (ids: string[]) => void;
  onNearEnd: () => void;
  faded: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(box.current ? box.current.getBoundingClientRect().top + window.scrollY : 0);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const rows = useWindowVirtualizer({
    count: jobs.length,
    estimateSize: () => (window.innerWidth < 640 ? phoneRowHeight : rowHeight),
    getItemKey: (index) => jobs[index]?.id ?? index,
    overscan,
    scrollMargin: top,
  });
  const drawn = rows.getVirtualItems();
  const firstDrawn = drawn[0]?.index ?? 0;
  const lastDrawn = drawn.at(-1)?.index ?? -1;
  const visible = useMemo(
    () =>
      jobs
        .slice(firstDrawn, lastDrawn + 1)
        .map(({ id }) => id)
        .join(),
    [jobs, firstDrawn, lastDrawn],
  );
  useEffect(() => onVisible(visible === "" ? [] : visible.split(",")), [visible, onVisible]);
  const nearEnd = jobs.length > 0 && lastDrawn >= jobs.length - overscan;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, onNearEnd]);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || jobs.length === 0) return;
    begun.current = true;
    const y = recallPlace(place);
    if (y > 0) window.scrollTo({ top: y });
  }, [jobs.length, place]);
  useEffect(() => {
    const keep = () => rememberPlace(place, window.scrollY);
    window.addEventListener("scroll", keep, { passive: true });
    return () => window.removeEventListener("scroll", keep);
  }, [place]);

  const looks = columnLooks(columns);
  const above = (drawn[0]?.start ?? top) - top;
  const below = rows.getTotalSize() - ((drawn.at(-1)?.end ?? top) - top);
  return (
    <div ref={box} className="overflow-x-clip max-sm:overflow-x-visible">
      <table
        aria-label={jobWords.list}
        aria-rowcount={jobs.length}
        className={cn("w-full table-fixed border-collapse text-sm transition-opacity", faded && "opacity-60")}
      >
        <thead className="max-sm:sr-only">
          <tr>
            <Th className="w-8 px-2" unseen>
              {jobWords.clearSelection}
            </Th>
            {looks.map(({ name, look }) => (
              <Th key={name} end={look.end} className={cn(look.className, "truncate font-sans text-ink-3")}>
                {look.head}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {above > 0 ? <Gap height={above} columns={looks.length + 1} /> : null}
          {drawn.map(({ index, key }) => {
            const job = jobs[index];
            return job ? (
              <JobTableRow
                key={key}
                index={index}
                measure={rows.measureElement}
                job={job}
                looks={looks}
                selected={selected.has(job.id)}
                previewed={previewed === job.id}
                onToggle={onToggle}
              />
            ) : null;
          })}
          {below > 0 ? <Gap height={below} columns={looks.length + 1} /> : null}
        </tbody>
      </table>
    </div>
  );
}

/** The room of rows that are not drawn. */
function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function JobTableRow({
  index,
  measure,
  job,
  looks,
  selected,
  previewed,
  onToggle,
}: {
  index: number;
  measure: (element: HTMLTableRowElement | null) => void;
  job: ListedJob;
  looks: readonly { name: string; look: ColumnLook }[];
  selected: boolean;
  previewed: boolean;
  onToggle: (id: string, range: boolean) => void;
}) {
  const shift = useRef(false);
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 1}
      {...rowProps(job.id)}
      className={cn(
        "hairline-b scroll-mt-14 hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)]",
        "max-sm:grid max-sm:grid-cols-[24px_minmax(0,1fr)_auto] max-sm:items-center max-sm:py-1",
        (selected || previewed) && "bg-selected hover:bg-selected focus-within:bg-selected",
      )}
    >
      <Td
        className="px-2 max-sm:row-span-2"
        onClickCapture={(event: MouseEvent) => {
          shift.current = event.shiftKey;
        }}
      >
        <Checkbox
          label={jobWords.select(job.id)}
          checked={selected}
          onChange={() => onToggle(job.id, shift.current)}
        />
      </Td>
      {looks.map(({ name, look }) => (
        <Td key={name} end={look.end} className={cn(look.className, "overflow-hidden")}>
          {look.cell(job)}
        </Td>
      ))}
    </tr>
  );
}
