import { words } from "../words.ts";
import { Skeleton } from "./skeleton.tsx";

const widths = ["w-40", "w-28", "w-52", "w-36", "w-44", "w-24", "w-48", "w-32"];

/** Rows on their way, in the height of the rows that will stand there. */
export function SkeletonRows({ rows = 8, label = words.loading }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label}>
      {[...new Array(rows).keys()].map((row) => (
        <div key={row} className="hairline-b flex h-7 items-center gap-6 px-3 last:border-0">
          <Skeleton className="w-16" />
          <Skeleton className={widths[row % widths.length]} />
          <Skeleton className="ml-auto w-12 max-sm:hidden" />
          <Skeleton className="w-20" />
        </div>
      ))}
    </div>
  );
}
