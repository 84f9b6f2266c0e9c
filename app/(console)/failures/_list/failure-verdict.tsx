"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import { failureWords } from "#app/words/failure-words.ts";
import { formatClockShort } from "#components/domain/format-instant.ts";
import type { FailureOverview } from "#server/api/failures/read-failure-overview.ts";
import { GroupTitle } from "../_parts/group-title.tsx";

const told = 2;

/** How failures stand in a sentence: what rises, since when, and whether it is us or them. */
export function FailureVerdict({ overview }: { overview: FailureOverview }) {
  const { rising, origins, asOfMs } = overview;
  const total = origins.reduce((sum, each) => sum + each.failures, 0);
  const split = failureWords.split(
    origins.map(({ origin, failures }) => ({ origin, share: failures / Math.max(1, total) })),
  );
  const calm = rising.length === 0;
  const Icon = calm ? CircleCheck : CircleAlert;
  return (
    <section aria-label={failureWords.verdict} className="flex items-start gap-2 py-1">
      <Icon
        aria-hidden
        className={calm ? "mt-0.5 size-4 shrink-0 text-ink-3" : "mt-0.5 size-4 shrink-0 text-gate-caution"}
      />
      <p className="min-w-0">
        {calm ? (
          <span className="font-semibold">{failureWords.quiet}</span>
        ) : (
          rising.slice(0, told).map((group, index) => (
            <span key={group.fingerprint}>
              {index > 0 ? "; " : ""}
              <Link
                href={`/failures/${group.fingerprint}`}
                prefetch={false}
                className="font-semibold underline decoration-line-strong underline-offset-2 hover:decoration-ink"
              >
                {group.dependency ?? <GroupTitle name={group.name} message={group.message.slice(0, 80)} />}{" "}
                {failureWords.rises(group.perMinute, group.beforePerMinute)}
              </Link>{" "}
              <span className="text-ink-2">
                {failureWords.since(formatClockShort(group.sinceMs), asOfMs - group.sinceMs)}
              </span>
            </span>
          ))
        )}
        {rising.length > told ? (
          <>
            {" · "}
            <Link href="/failures?order=rising&window=1h" prefetch={false} className="hover:underline">
              {failureWords.moreRising(rising.length - told)}
            </Link>
          </>
        ) : null}
        <span className="text-ink-2">
          {" · "}
          {total === 0 ? failureWords.noneInHour : `${failureWords.inHour(total)}: ${split}`}
        </span>
      </p>
    </section>
  );
}
