"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { fittingWords } from "#core/query/fitting-words.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import { type QueryField, queryFieldNames, queryFields } from "#core/query/query-field.ts";
import { quoteValue } from "#core/query/quote-value.ts";
import type { CompletionPlace } from "./complete-at.ts";

/** One thing to offer: what it reads as, what it means, and what it puts in the text. */
export interface Suggestion {
  label: string;
  meaning: string | null;
  insert: string;
  /** It ends a term, so the filter can be run. */
  ends: boolean;
}

const times = ["15m", "1h", "6h", "24h", "7d"];
const remote = ["queue", "definition", "tag", "error", "concurrency"] as const;

/** What the bar may go on with at a place; values that the server knows come a moment later. */
export function useCompletions(place: CompletionPlace | null, filter: JobFilter): Suggestion[] {
  const trpc = useTRPC();
  const of = place?.of;
  const field = of?.kind === "value" ? of.field : null;
  const asked =
    of?.kind === "path"
      ? { field: "payload-path" as const }
      : of?.kind === "value" && of.field === "payload"
        ? { field: "payload-value" as const, path: of.path }
        : { field: remote.find((name) => name === field) ?? ("queue" as const) };
  const wanted = of?.kind === "path" || field === "payload" || remote.some((name) => name === field);
  const found = useQuery(
    trpc.explore.complete.queryOptions(
      { of: asked, typed: (place?.typed ?? "").slice(0, 200), filter },
      {
        enabled: wanted,
        staleTime: 60_000,
        // What was known for a shorter text of the same field goes on, as far as it fits, until the answer is here.
        placeholderData: (before, query) => {
          const input = query?.queryKey[1]?.input as { of?: unknown } | undefined;
          return JSON.stringify(input?.of) === JSON.stringify(asked) ? before : undefined;
        },
      },
    ),
  );
  if (!place || !of) return [];
  if (of.kind === "field") {
    const typed = place.typed.toLowerCase();
    return queryFieldNames
      .filter((name) => name.startsWith(typed))
      .map((name) => ({
        label: name === "payload" ? "payload." : `${name}:`,
        meaning: queryFields[name].meaning,
        insert: name === "payload" ? "payload." : `${name}:`,
        ends: false,
      }));
  }
  if (!wanted) {
    const spec: QueryField | null = field ? queryFields[field] : null;
    const words = spec?.values ?? (spec?.kind === "time" ? times : []);
    const typed = place.typed.toLowerCase();
    return words
      .filter((word) => word.startsWith(typed))
      .map((word) => ({ label: word, meaning: null, insert: word, ends: true }));
  }
  const known = new Map((found.data ?? []).map((each) => [each.value, each.path]));
  return fittingWords([...known.keys()], place.typed, known.size).map((value) => {
    const path = known.get(value);
    return path
      ? {
          label: value,
          meaning: null,
          insert: `${path.map((part) => quoteValue(part, /[\s:."]/)).join(".")}:`,
          ends: false,
        }
      : {
          label: value,
          meaning: null,
          insert: quoteValue(value, field === "payload" ? /^\*$|^[<>]|\.\.|[\s,"]/ : undefined),
          ends: true,
        };
  });
}
