"use client";

import { ChartSpline, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { words } from "../words.ts";
import type { ChartData } from "./chart-data.ts";
import { ChartTable } from "./chart-table.tsx";

const TimeChart = dynamic(() => import("./time-chart.tsx").then((module) => module.TimeChart), {
  ssr: false,
  loading: () => <Skeleton className="h-36 w-full" />,
});

/** A chart with its heading, its legend, and the same figures as a table. `empty` stands where there is nothing to draw. */
export function ChartPanel({ note, empty, ...data }: ChartData & { note?: ReactNode; empty?: string }) {
  const [asTable, setAsTable] = useState(false);
  if (data.series.length === 0) {
    return (
      <Panel title={data.title} note={note}>
        <p className="py-3 text-sm text-ink-3">{empty}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={data.title}
      note={note}
      aside={
        <>
          <ul aria-hidden className="flex flex-wrap gap-x-3 text-sm text-ink-2">
            {data.series.map((one) => (
              <li key={one.key} className="flex items-center gap-1.5">
                <span
                  className={
                    one.dashed
                      ? "w-3 border-t-2 border-dashed"
                      : data.kind === "lines"
                        ? "h-0.5 w-3"
                        : "size-2"
                  }
                  style={one.dashed ? { borderColor: one.colour } : { background: one.colour }}
                />
                {one.label}
              </li>
            ))}
          </ul>
          <IconButton
            label={asTable ? words.showChart : words.showTable}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartSpline aria-hidden /> : <Table2 aria-hidden />}
          </IconButton>
        </>
      }
    >
      {asTable ? <ChartTable {...data} /> : <TimeChart {...data} />}
    </Panel>
  );
}
