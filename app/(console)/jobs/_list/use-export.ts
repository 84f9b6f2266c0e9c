"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { explorerWords } from "#app/words/explorer-words.ts";
import { notify } from "#components/ui/notify.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import { toCsv } from "./to-csv.ts";

/** Most jobs of one file. */
const mostExported = 10_000;

/** Fetches the jobs of a filter, newest first and page by page, into a file of JSON lines or CSV; `busy` counts them meanwhile. */
export function useExport(filter: JobFilter) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState<number | null>(null);
  const start = async (kind: "jsonl" | "csv") => {
    const lines: string[] = [];
    setBusy(0);
    try {
      let cursor: string | null = null;
      do {
        const page: { jobs: string[]; nextCursor: string | null } = await queryClient.fetchQuery(
          trpc.explore.export.queryOptions({ filter, cursor }, { gcTime: 0, staleTime: 0 }),
        );
        lines.push(...page.jobs);
        cursor = page.nextCursor;
        setBusy(lines.length);
      } while (cursor !== null && lines.length < mostExported);
      const kept = lines.slice(0, mostExported);
      const text = kind === "jsonl" ? `${kept.join("\n")}\n` : toCsv(kept);
      save(text, `jobs.${kind}`, kind === "jsonl" ? "application/x-ndjson" : "text/csv");
      notify({ text: explorerWords.exported(kept.length, cursor !== null) });
    } catch (error) {
      const detail = error instanceof Error ? error.message : undefined;
      notify({ tone: "error", text: explorerWords.exportFailed, detail });
    } finally {
      setBusy(null);
    }
  };
  return { busy, start };
}

function save(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
