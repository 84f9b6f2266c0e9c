"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { alertKinds, alertObjectKinds, alertSeverities } from "#core/alert/alert.ts";

const fields = {
  view: parseAsStringLiteral(["open", "past"]).withDefault("open"),
  kind: parseAsStringLiteral(alertKinds),
  severity: parseAsStringLiteral(alertSeverities),
  objectKind: parseAsStringLiteral(alertObjectKinds),
  objectId: parseAsString,
  cursor: parseAsString,
  /** The alert whose details are open. */
  alert: parseAsString,
};

/** What the page of alerts shows, as its address says. */
export function useAlertFilter() {
  const [values, setValues] = useQueryStates(fields, { history: "push" });
  const { kind, severity, objectKind, objectId, cursor } = values;
  return {
    values,
    filter: { kind, severity, objectKind, objectId, cursor },
    filtered: kind !== null || severity !== null || objectId !== null,
    /** Narrow or widen; begins with the first page. */
    set: (change: Partial<Pick<typeof values, "view" | "kind" | "severity">>) =>
      void setValues({ ...change, cursor: null, alert: null }),
    clear: () =>
      void setValues({ kind: null, severity: null, objectKind: null, objectId: null, cursor: null }),
    clearObject: () => void setValues({ objectKind: null, objectId: null, cursor: null }),
    goTo: (next: string | null) => void setValues({ cursor: next, alert: null }),
    open: (alert: string | null) => void setValues({ alert }, { history: "replace" }),
  };
}
export type AlertFilterState = ReturnType<typeof useAlertFilter>;
