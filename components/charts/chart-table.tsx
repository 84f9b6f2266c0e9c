import { formatClock } from "../domain/format-instant.ts";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { Table, Td, Th } from "../ui/table.tsx";
import { words } from "../words.ts";
import { type ChartData, isUnfinished } from "./chart-data.ts";

/** The figures of a chart, newest first. */
export function ChartTable(data: ChartData) {
  return (
    <ScrollBox label={data.title} className="max-h-60">
      <Table label={data.title}>
        <thead>
          <tr>
            <Th>{words.time}</Th>
            {data.series.map((one) => (
              <Th key={one.key} end>
                {one.label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...data.points].reverse().map((point) => (
            <tr key={point.atMs} className="hover:bg-hover">
              <Td>
                {formatClock(point.atMs)}
                {isUnfinished(point.atMs, data) ? (
                  <span className="text-ink-3"> · {words.unfinished}</span>
                ) : null}
              </Td>
              {data.series.map((one) => (
                <Td key={one.key} end>
                  {point.values === null ? words.none : data.format(point.values[one.key] ?? 0)}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </ScrollBox>
  );
}
