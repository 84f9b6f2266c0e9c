"use client";

import { X } from "lucide-react";
import { alertWords } from "#app/words/alert-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { FilterPicker } from "#components/ui/filter-picker.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { alertKinds, alertSeverities } from "#core/alert/alert.ts";
import type { AlertFilterState } from "./use-alert-filter.ts";

/** Open or past, of which kind, how severe, about what. */
export function AlertFilterBar({ state }: { state: AlertFilterState }) {
  const { view, kind, severity, objectKind, objectId } = state.values;
  const about = objectKind && objectId ? alertWords.object(objectKind, objectId) : null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label={alertWords.view}
        value={view}
        options={(["open", "past"] as const).map((value) => ({ value, label: alertWords.views[value] }))}
        onChange={(next) => state.set({ view: next })}
      />
      <FilterPicker
        label={alertWords.kind}
        value={kind}
        options={alertKinds.map((value) => ({ value, label: alertWords.kinds[value] }))}
        onChange={(next) => state.set({ kind: alertKinds.find((each) => each === next) ?? null })}
      />
      <FilterPicker
        label={alertWords.severity}
        value={severity}
        options={alertSeverities.map((value) => ({ value, label: alertWords.severities[value] }))}
        onChange={(next) => state.set({ severity: alertSeverities.find((each) => each === next) ?? null })}
      />
      {about ? (
        <Button size="small" aria-label={alertWords.removeObject(about)} onClick={state.clearObject}>
          <ForeignText text={about} />
          <X aria-hidden />
        </Button>
      ) : null}
    </div>
  );
}
