"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { bandChartHeight as height, bandChartInset as inset } from "./band-chart-place.ts";
import type { BandData } from "./band-data.ts";
import { bandValueAxis } from "./band-value-axis.ts";

/** A band with its middle over steps, drawn by Recharts; what it is compared with is dashed. */
export function BandChart(data: BandData) {
  const { points, format } = data;
  const rows = points.map(({ x, low, mid, high, compared }) => ({ x, band: [low, high], mid, compared }));
  const { isLog, ticks } = bandValueAxis(points);
  return (
    <div>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart data={rows} margin={{ top: inset.top, right: inset.right, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="x"
            type="number"
            domain={["dataMin", "dataMax"]}
            allowDecimals={false}
            tick={{ fill: "var(--ink-3)", fontSize: 12 }}
            axisLine={{ stroke: "var(--line-strong)" }}
            tickLine={false}
          />
          <YAxis
            width={inset.left}
            scale={isLog ? "log" : "linear"}
            ticks={ticks}
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
            interval={0}
            tickFormatter={format}
            tick={{ fill: "var(--ink-3)", fontSize: 12 }}
            axisLine={false}
            tickLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
            content={<BandTooltip data={data} />}
          />
          <Area
            dataKey="band"
            isAnimationActive={false}
            type="linear"
            stroke="none"
            fill="var(--accent)"
            fillOpacity={0.22}
            activeDot={false}
          />
          <Line
            dataKey="compared"
            isAnimationActive={false}
            type="linear"
            stroke="var(--ink-3)"
            strokeWidth={1.5}
            strokeDasharray="3 3"
            dot={false}
            activeDot={false}
          />
          <Line
            dataKey="mid"
            isAnimationActive={false}
            type="linear"
            stroke="var(--accent)"
            strokeWidth={1.5}
            dot={{ r: 2, fill: "var(--accent)", strokeWidth: 0 }}
            activeDot={{ r: 3, strokeWidth: 0 }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Recharts gives `active` and `label`, the step under the pointer. */
function BandTooltip({ data, active, label }: { data: BandData; active?: boolean; label?: number | string }) {
  const point = data.points.find(({ x }) => x === Number(label));
  if (!active || !point) return null;
  return (
    <div className="rounded-md border border-line bg-float px-2 py-1.5 text-sm shadow-float">
      <p className="text-ink-3">
        {data.xLabel} {point.x}
      </p>
      <table>
        <tbody>
          <TooltipRow label={data.midLabel} value={data.format(point.mid)} />
          <TooltipRow
            label={data.bandLabel}
            value={`${data.format(point.low)} – ${data.format(point.high)}`}
          />
          {point.compared === null ? null : (
            <TooltipRow label={data.comparedLabel} value={data.format(point.compared)} />
          )}
        </tbody>
      </table>
    </div>
  );
}

function TooltipRow({ label, value }: { label: string; value: string }) {
  return (
    <tr>
      <td className="pr-4">{label}</td>
      <td className="text-right">{value}</td>
    </tr>
  );
}
