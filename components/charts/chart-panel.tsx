"use client";

import { ChartSpline, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { words } from "../words.ts";
import type { ChartData } from "./chart-data.ts";
import { ChartMarks } from "./chart-marks.tsx";
import { ChartSketch } from "./chart-sketch.tsx";
import { ChartTable } from "./chart-table.tsx";
import { LazyChart } from "./lazy-chart.tsx";
import { sketchTimeChart } from "./sketch-time-chart.ts";
import { timeChartHeight, timeChartInset } from "./time-chart-place.ts";

const loadTimeChart = () => import("./time-chart.tsx").then((module) => module.TimeChart);

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
      {asTable ? (
        <ChartTable {...data} />
      ) : (
        <LazyChart load={loadTimeChart} data={data}>
          <div className="relative">
            <ChartSketch sketch={sketchTimeChart(data)} height={timeChartHeight} inset={timeChartInset} />
            {data.marks ? (
              <div className="pointer-events-none absolute" style={timeChartInset}>
                <ChartMarks marks={data.marks} fromMs={data.fromMs} toMs={data.toMs} />
              </div>
            ) : null}
          </div>
        </LazyChart>
      )}
    </Panel>
  );
}
