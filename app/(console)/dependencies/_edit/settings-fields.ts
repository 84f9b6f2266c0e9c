import type { dependencyWords } from "#app/words/dependency-words.ts";

/** A field of the settings by its JSON pointer. */
export type FieldPath = keyof typeof dependencyWords.field;
export type FieldGroup = keyof typeof dependencyWords.groups;

/** How a field is typed: a share in percent, a span ('30 s'), a plain figure, or on and off. */
export type FieldKind = "share" | "span" | "figure" | "switch";

/** One field of the settings form. */
export interface SettingsField {
  path: FieldPath;
  group: FieldGroup;
  kind: FieldKind;
  unit?: "percent" | "times" | "calls" | "retriesPerSecond";
}

/** The fields of the settings, in the order of the form. */
export const settingsFields: readonly SettingsField[] = [
  { path: "/failureThreshold", group: "opens", kind: "share", unit: "percent" },
  { path: "/slowThreshold", group: "opens", kind: "share", unit: "percent" },
  { path: "/slowMs", group: "opens", kind: "span" },
  { path: "/minimumCalls", group: "opens", kind: "figure", unit: "calls" },
  { path: "/consecutiveFailures", group: "opens", kind: "figure" },
  { path: "/probes/minGapMs", group: "probes", kind: "span" },
  { path: "/probes/gapShare", group: "probes", kind: "share", unit: "percent" },
  { path: "/probes/costFactor", group: "probes", kind: "figure", unit: "times" },
  { path: "/probes/concurrent", group: "probes", kind: "figure" },
  { path: "/longestOpenMs", group: "probes", kind: "span" },
  { path: "/rateLimit/count", group: "rate", kind: "figure", unit: "calls" },
  { path: "/rateLimit/perMs", group: "rate", kind: "span" },
  { path: "/retryBudget/ratio", group: "budget", kind: "figure" },
  { path: "/retryBudget/minPerSecond", group: "budget", kind: "figure", unit: "retriesPerSecond" },
  { path: "/retryBudget/windowMs", group: "budget", kind: "span" },
  { path: "/multiplier/enabled", group: "multiplier", kind: "switch" },
  { path: "/multiplier/max", group: "multiplier", kind: "figure", unit: "times" },
];
