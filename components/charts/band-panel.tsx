"use client";

import { ChartSpline, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Table, Td, Th } from "../ui/table.tsx";
import { words } from "../words.ts";
import { bandChartHeight, bandChartInset } from "./band-chart-place.ts";
import { type BandData, needsLog } from "./band-data.ts";
import { ChartSketch } from "./chart-sketch.tsx";
import { LazyChart } from "./lazy-chart.tsx";
import { sketchBandChart } from "./sketch-band-chart.ts";

const loadBandChart = () => import("./band-chart.tsx").then((module) => module.BandChart);

/** A band chart with its heading, its legend, and the same figures as a table. `empty` stands where there is nothing to draw. */
export function BandPanel({
  note,
  controls,
  empty,
  ...data
}: BandData & { note?: ReactNode; controls?: ReactNode; empty: string }) {
  const [asTable, setAsTable] = useState(false);
  const isCompared = data.points.some(({ compared }) => compared !== null);
  return (
    <Panel
      title={data.title}
      note={note}
      aside={
        <IconButton
          label={asTable ? words.showChart : words.showTable}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? <ChartSpline aria-hidden /> : <Table2 aria-hidden />}
        </IconButton>
      }
    >
      {controls}
      {data.points.length === 0 ? (
        <p className="flex h-56 items-center text-sm text-ink-3">{empty}</p>
      ) : asTable ? (
        <Table label={data.title}>
          <thead>
            <tr>
              <Th>{data.xLabel}</Th>
              <Th end>{data.midLabel}</Th>
              <Th end>{data.bandLabel}</Th>
              {isCompared ? <Th end>{data.comparedLabel}</Th> : null}
            </tr>
          </thead>
          <tbody>
            {data.points.map((point) => (
              <tr key={point.x} className="hairline-b">
                <Td>{point.x}</Td>
                <Td end>{data.format(point.mid)}</Td>
                <Td end>
                  {data.format(point.low)} – {data.format(point.high)}
                </Td>
                {isCompared ? (
                  <Td end>{point.compared === null ? words.none : data.format(point.compared)}</Td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <>
          <LazyChart load={loadBandChart} data={data}>
            <ChartSketch sketch={sketchBandChart(data)} height={bandChartHeight} inset={bandChartInset} />
          </LazyChart>
          <ul aria-hidden className="flex flex-wrap gap-x-3 text-sm text-ink-2">
            <Legend label={data.midLabel} mark="h-0.5 w-3 bg-accent" />
            <Legend label={data.bandLabel} mark="size-2 bg-accent opacity-25" />
            {isCompared ? (
              <Legend label={data.comparedLabel} mark="w-3 border-t border-dashed border-ink-3" />
            ) : null}
            {needsLog(data.points) ? <li className="text-ink-3">{words.logScale}</li> : null}
          </ul>
        </>
      )}
    </Panel>
  );
}

function Legend({ label, mark }: { label: string; mark: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span className={mark} />
      {label}
    </li>
  );
}
