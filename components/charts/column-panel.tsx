"use client";

import { ChartColumnStacked, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Table, Td, Th } from "../ui/table.tsx";
import { words } from "../words.ts";
import type { ChartSeries } from "./chart-data.ts";

/** A column: what stands below it, and the value of each series, by key; a missing one is 0. */
export interface Column {
  label: string;
  values: Record<string, number>;
}

/** Above this many a figure over each column would touch its neighbour's. */
const mostTold = 12;

/** Stacked columns over a few steps, with their heading, their legend, and the same figures as a table. */
export function ColumnPanel({
  title,
  note,
  xLabel,
  totalLabel,
  series,
  columns,
  format,
}: {
  title: string;
  note?: ReactNode;
  /** What the steps are, as in 'attempts'. */
  xLabel: string;
  totalLabel: string;
  series: readonly ChartSeries[];
  columns: readonly Column[];
  format: (value: number) => string;
}) {
  const [asTable, setAsTable] = useState(false);
  const total = ({ values }: Column) => series.reduce((sum, { key }) => sum + (values[key] ?? 0), 0);
  const highest = Math.max(1, ...columns.map(total));
  return (
    <Panel
      title={title}
      note={note}
      aside={
        <>
          <ul aria-hidden className="flex flex-wrap gap-x-3 text-sm text-ink-2">
            {series.map(({ key, label, colour }) => (
              <li key={key} className="flex items-center gap-1.5">
                <span className="size-2" style={{ background: colour }} />
                {label}
              </li>
            ))}
          </ul>
          <IconButton
            label={asTable ? words.showChart : words.showTable}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartColumnStacked aria-hidden /> : <Table2 aria-hidden />}
          </IconButton>
        </>
      }
    >
      {asTable ? (
        <Table label={title}>
          <thead>
            <tr>
              <Th>{xLabel}</Th>
              {series.map(({ key, label }) => (
                <Th key={key} end>
                  {label}
                </Th>
              ))}
              <Th end>{totalLabel}</Th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.label} className="hairline-b">
                <Td>{column.label}</Td>
                {series.map(({ key }) => (
                  <Td key={key} end>
                    {format(column.values[key] ?? 0)}
                  </Td>
                ))}
                <Td end>{format(total(column))}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <div aria-hidden className="pt-2 text-sm text-ink-3">
          <div className="hairline-b flex h-40 items-end gap-px sm:gap-1">
            {columns.map((column) => (
              <div
                key={column.label}
                title={tell(column, xLabel, series, format)}
                className="flex h-full min-w-0 flex-1 flex-col justify-end hover:bg-hover"
              >
                {columns.length <= mostTold && total(column) > 0 ? (
                  <span className="text-center whitespace-nowrap">{format(total(column))}</span>
                ) : null}
                {[...series].reverse().map(({ key, colour }) => (
                  <span
                    key={key}
                    className="mx-auto w-full max-w-16"
                    style={{
                      // The line of figures above the tallest column takes its part of the box.
                      height: `${((column.values[key] ?? 0) / highest) * 85}%`,
                      minHeight: (column.values[key] ?? 0) > 0 ? 2 : 0,
                      background: colour,
                    }}
                  />
                ))}
              </div>
            ))}
          </div>
          <div className="flex gap-px sm:gap-1">
            {columns.map(({ label }) => (
              <span key={label} className="min-w-0 flex-1 text-center whitespace-nowrap">
                {label}
              </span>
            ))}
          </div>
          <p className="text-center">{xLabel}</p>
        </div>
      )}
    </Panel>
  );
}

function tell(
  { label, values }: Column,
  xLabel: string,
  series: readonly ChartSeries[],
  format: (value: number) => string,
): string {
  return `${xLabel} ${label}: ${series.map((one) => `${format(values[one.key] ?? 0)} ${one.label}`).join(", ")}`;
}
