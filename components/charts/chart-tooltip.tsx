import { formatClock } from "../domain/format-instant.ts";
import { words } from "../words.ts";
import { type ChartData, isUnfinished } from "./chart-data.ts";

/** The figures of the bucket under the pointer. Recharts gives `active` and `label` (the bucket's place on the axis). */
export function ChartTooltip({
  chart,
  active,
  label,
}: {
  chart: ChartData;
  active?: boolean;
  label?: number | string;
}) {
  const atMs = Number(label) - (chart.kind === "bars" ? chart.bucketMs / 2 : 0);
  const point = chart.points.find((each) => each.atMs === atMs);
  const values = point?.values;
  if (!active || !point || !values) return null;
  const shown = chart.series.filter((one) => chart.kind === "lines" || (values[one.key] ?? 0) > 0);
  const total = shown.reduce((sum, one) => sum + (values[one.key] ?? 0), 0);
  return (
    <div className="rounded-md border border-line bg-float px-2 py-1.5 text-sm shadow-float">
      <p className="text-ink-3">
        {formatClock(point.atMs)}
        {isUnfinished(point.atMs, chart) ? ` · ${words.unfinished}` : ""}
      </p>
      <table>
        <tbody>
          {shown.map((one) => (
            <tr key={one.key}>
              <td className="pr-4">
                <span className="mr-1.5 inline-block size-2" style={{ background: one.colour }} />
                {one.label}
              </td>
              <td className="text-right">{chart.format(values[one.key] ?? 0)}</td>
            </tr>
          ))}
          {chart.kind !== "lines" ? (
            <tr>
              <td className="pr-4 text-ink-3">{words.total}</td>
              <td className="text-right">{chart.format(total)}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
