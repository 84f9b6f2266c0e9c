import Link from "next/link";
import { bulkWords } from "#app/words/bulk-words.ts";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";

/** Why an operation stopped by itself, with its figures, and what to do about it. */
export function HaltNotice({ halt }: { halt: NonNullable<BulkView["halt"]> }) {
  const { title, todo } = bulkWords.halts[halt.kind];
  const fingerprint = "fingerprint" in halt ? halt.fingerprint : undefined;
  return (
    <section role="alert" className="flex flex-col items-start gap-1 border-l-2 border-gate-stop px-3 py-2">
      <p className="font-medium">{title}</p>
      <p>
        {bulkWords.haltedWhy}: {halt.because}.
      </p>
      <p className="max-w-160 text-ink-2">{todo}</p>
      {fingerprint ? (
        <Link href={`/failures/${fingerprint}`} prefetch={false} className="text-accent hover:underline">
          {bulkWords.newGroup}
        </Link>
      ) : null}
    </section>
  );
}
