"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { auditWords } from "#app/words/audit-words.ts";
import { formatExactCount } from "#components/domain/format-count.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { notify } from "#components/ui/notify.ts";
import { type ExportForm, exportEntries } from "./export-entries.ts";
import type { AuditFilterState } from "./use-audit-filter.ts";

/** Writes all entries that fit the filters to a file, as CSV or JSON lines; says how far it is and can be stopped. */
export function ExportButton({ filter }: { filter: AuditFilterState["filter"] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const stop = useRef<AbortController | null>(null);
  const [count, setCount] = useState<number | null>(null);
  const begin = async (form: ExportForm) => {
    const control = new AbortController();
    stop.current = control;
    setCount(0);
    try {
      const made = await exportEntries(
        form,
        (cursor) =>
          queryClient.fetchQuery(
            trpc.audit.exportPage.queryOptions({ filter, cursor }, { gcTime: 0, staleTime: 0 }),
          ),
        setCount,
        control.signal,
      );
      if (made === null) return;
      save(made.file, `signalbox-audit.${form}`);
      notify({ text: auditWords.exported(formatExactCount(made.count)) });
    } catch (error) {
      notify({
        text: auditWords.exportFailed,
        detail: error instanceof Error ? error.message : undefined,
        tone: "error",
      });
    } finally {
      setCount(null);
    }
  };
  if (count !== null) {
    return (
      <span className="flex items-center gap-2 text-sm text-ink-3">
        <span role="status">{auditWords.exporting(formatExactCount(count))}</span>
        <Button size="small" onClick={() => stop.current?.abort()}>
          {auditWords.exportStop}
        </Button>
      </span>
    );
  }
  return (
    <Menu
      trigger={
        <Button size="small">
          <Download aria-hidden />
          {auditWords.export}
        </Button>
      }
      groups={[
        [
          { label: auditWords.exportCsv, onSelect: () => void begin("csv") },
          { label: auditWords.exportLines, onSelect: () => void begin("jsonl") },
        ],
      ]}
    />
  );
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
