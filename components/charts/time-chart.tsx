"use client";

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatClockShort } from "../domain/format-instant.ts";
import { type ChartData, isUnfinished } from "./chart-data.ts";
import { ChartMarks } from "./chart-marks.tsx";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { timeChartHeight as height, timeChartInset as inset } from "./time-chart-place.ts";
import { timeTicks } from "./time-ticks.ts";
import { timeValueAxis } from "./time-value-axis.ts";

const margin = { top: inset.top, right: inset.right, bottom: 0, left: 0 };

/**
 * Series over time, drawn by Recharts. All charts of a page share the time under the pointer. What still fills is
 * dashed (lines) or behind a grating (areas, bars): it will grow. What was done meanwhile is marked.
 */
export function TimeChart(data: ChartData) {
  const { series, kind, fromMs, toMs, bucketMs, format, scale = "linear" } = data;
  const rows = data.points.map((point) => {
    const row: Record<string, number | null> = { atMs: point.atMs + (kind === "bars" ? bucketMs / 2 : 0) };
    for (const { key } of series) {
      const given = point.values === null ? null : (point.values[key] ?? 0);
      const value = scale === "log" && given !== null && given <= 0 ? null : given;
      const unfinished = isUnfinished(point.atMs, data);
      row[key] = kind === "lines" && unfinished ? null : value;
      row[`${key}~`] = unfinished || isUnfinished(point.atMs + bucketMs, data) ? value : null;
    }
    return row;
  });
  const { ticks } = timeValueAxis(data);
  const openFromMs = data.points.findLast((point) => isUnfinished(point.atMs, data))?.atMs;
  return (
    <div className="relative">
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart data={rows} syncId="time" margin={margin} barCategoryGap={1}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            scale="time"
            domain={[fromMs, toMs]}
            ticks={timeTicks(fromMs, toMs)}
            tickFormatter={formatClockShort}
            tick={{ fill: "var(--ink-3)", fontSize: 12 }}
            axisLine={{ stroke: "var(--line-strong)" }}
            tickLine={false}
            allowDataOverflow
          />
          <YAxis
            width={inset.left}
            tickFormatter={format}
            tick={{ fill: "var(--ink-3)", fontSize: 12 }}
            axisLine={false}
            tickLine={false}
            scale={scale}
            ticks={ticks}
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
            interval={0}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)", strokeWidth: 1, fill: "var(--hover)" }}
            content={<ChartTooltip chart={data} />}
          />
          {series.map(({ key, colour, dashed }) => {
            const common = { dataKey: key, isAnimationActive: false } as const;
            if (kind === "areas") {
              return (
                <Area
                  key={key}
                  {...common}
                  stackId="all"
                  type="stepAfter"
                  stroke="none"
                  fill={colour}
                  fillOpacity={1}
                  activeDot={false}
                />
              );
            }
            if (kind === "bars") return <Bar key={key} {...common} stackId="all" fill={colour} />;
            return (
              <Line
                key={key}
                {...common}
                type="linear"
                stroke={colour}
                strokeWidth={1.5}
                strokeDasharray={dashed ? "5 3" : undefined}
                dot={false}
                activeDot={{ r: 2.5, strokeWidth: 0 }}
              />
            );
          })}
          {kind === "lines"
            ? series.map(({ key, colour }) => (
                <Line
                  key={`${key}~`}
                  dataKey={`${key}~`}
                  isAnimationActive={false}
                  type="linear"
                  stroke={colour}
                  strokeWidth={1.5}
                  strokeDasharray="2 3"
                  dot={false}
                  activeDot={false}
                />
              ))
            : null}
          {kind !== "lines" && openFromMs !== undefined ? (
            <ReferenceArea
              x1={openFromMs}
              x2={toMs}
              fill="var(--bg)"
              fillOpacity={0.45}
              stroke="none"
              ifOverflow="hidden"
            />
          ) : null}
        </ComposedChart>
      </ResponsiveContainer>
      {data.marks ? (
        <div className="pointer-events-none absolute" style={inset}>
          <ChartMarks marks={data.marks} fromMs={fromMs} toMs={toMs} />
        </div>
      ) : null}
    </div>
  );
}
