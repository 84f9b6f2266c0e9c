import { ForeignText } from "../domain/foreign-text.tsx";
import { formatClock } from "../domain/format-instant.ts";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { Table, Td, Th } from "../ui/table.tsx";
import { words } from "../words.ts";
import { type ChartData, type ChartMark, isUnfinished } from "./chart-data.ts";

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
                {marksOf(data, point.atMs).map((mark) => (
                  <span key={`${mark.atMs} ${mark.label}`} className="block text-ink-3">
                    {formatClock(mark.atMs)}{" "}
                    {mark.href ? (
                      <a href={mark.href} className="hover:underline">
                        <ForeignText text={mark.label} />
                      </a>
                    ) : (
                      <ForeignText text={mark.label} />
                    )}
                  </span>
                ))}
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

/** What was done while a bucket filled. */
function marksOf({ marks, bucketMs }: ChartData, atMs: number): readonly ChartMark[] {
  return marks?.filter((mark) => mark.atMs >= atMs && mark.atMs < atMs + bucketMs) ?? [];
}
