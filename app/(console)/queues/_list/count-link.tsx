import Link from "next/link";
import { Figure } from "#components/domain/figure.tsx";
import { Td } from "#components/ui/table.tsx";

/** A figure that leads to the jobs behind it; nothing is told quietly. */
export function CountLink({
  queue,
  states,
  count,
  definition,
  concurrencyKey,
  atLeast = false,
  className,
}: {
  queue: string;
  states: string;
  count: number;
  definition?: string;
  concurrencyKey?: string;
  atLeast?: boolean;
  className?: string;
}) {
  const of = definition ? `&definition=${encodeURIComponent(definition)}` : "";
  const ofKey = concurrencyKey ? `&concurrencyKey=${encodeURIComponent(concurrencyKey)}` : "";
  return (
    <Td end className={className}>
      {count === 0 ? (
        <span className="text-ink-3">0</span>
      ) : (
        <Link
          href={`/jobs?queue=${encodeURIComponent(queue)}${of}${ofKey}&state=${states}`}
          prefetch={false}
          className="hover:underline"
        >
          <Figure value={count} exactness={atLeast ? "at-least" : "exact"} />
        </Link>
      )}
    </Td>
  );
}
