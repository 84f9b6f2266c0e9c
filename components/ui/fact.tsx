import type { ReactNode } from "react";

/** A name and its value, for use in a `dl`; a value that is null or undefined leaves the row out. */
export function Fact({ name, why, children }: { name: string; why?: string; children: ReactNode }) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <div title={why} className="hairline-b flex items-baseline justify-between gap-4 py-1.25 text-sm">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  );
}
