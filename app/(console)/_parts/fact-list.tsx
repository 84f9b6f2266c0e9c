import type { ReactNode } from "react";

/** Names and values in two columns; rows without a value are left out. */
export function FactList({
  rows,
}: {
  rows: readonly (readonly [name: string, value: ReactNode, why?: string])[];
}) {
  return (
    <dl className="text-sm">
      {rows
        .filter(([, value]) => value !== null)
        .map(([name, value, why]) => (
          <div
            key={name}
            title={why}
            className="hairline-b flex min-h-7 items-center justify-between gap-4 py-0.5"
          >
            <dt className="text-ink-3">{name}</dt>
            <dd className="min-w-0 text-right">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
