"use client";

import { Columns3, Download, Pause, Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { explorerWords } from "#app/words/explorer-words.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { useExport } from "./use-export.ts";
import type { JobQueryState } from "./use-job-query.ts";

const ColumnsDialog = dynamic(() => import("./columns-dialog.tsx").then((module) => module.ColumnsDialog));

/** Columns, export, and holding the list still. */
export function ListTools({
  state,
  still,
  onStill,
}: {
  state: JobQueryState;
  still: boolean;
  onStill: (still: boolean) => void;
}) {
  const [choosing, setChoosing] = useState(false);
  const { busy, start } = useExport(state.filter);
  return (
    <div className="flex items-center gap-1">
      {busy !== null ? (
        <span aria-live="polite" className="pr-2 text-sm text-ink-3">
          {explorerWords.exporting(busy)}
        </span>
      ) : null}
      <IconButton
        label={still ? explorerWords.unfreeze : explorerWords.freeze}
        onClick={() => onStill(!still)}
      >
        {still ? <Play aria-hidden /> : <Pause aria-hidden />}
      </IconButton>
      <Button size="small" tone="quiet" onClick={() => setChoosing(true)}>
        <Columns3 aria-hidden />
        {explorerWords.columns}
      </Button>
      <Menu
        trigger={
          <Button size="small" tone="quiet" disabled={busy !== null || state.problems.length > 0}>
            <Download aria-hidden />
            {explorerWords.exportAs}
          </Button>
        }
        groups={[
          [
            { label: explorerWords.exportJson, onSelect: () => start("jsonl") },
            { label: explorerWords.exportCsv, onSelect: () => start("csv") },
          ],
        ]}
      />
      {choosing ? (
        <ColumnsDialog
          columns={state.columns}
          onChange={state.showColumns}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </div>
  );
}
