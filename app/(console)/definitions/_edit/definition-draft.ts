import { definitionWords } from "#app/words/definition-words.ts";
import { type DefinitionSpec, definitionSchema } from "#core/definition/definition.ts";
import type { DeliveryGuarantee } from "#core/definition/delivery-guarantee.ts";
import { alternateOf, cachedForMs } from "#core/definition/fallback.ts";
import { parseDuration } from "#core/parse-duration.ts";
import type { PriorityClass } from "#core/priority/priority-class.ts";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import { validationError } from "#core/validation-error.ts";
import { durationText } from "../../_parts/duration-text.ts";

/** A definition as it is typed: text, so that nothing is lost or bent on the way. */
export interface DefinitionDraft {
  queue: string;
  priority: PriorityClass;
  /** The name of a policy; null: `policyJson`. */
  policy: string | null;
  policyJson: string;
  guarantee: DeliveryGuarantee;
  target: "worker" | "http";
  url: string;
  attempt: string;
  heartbeat: string;
  total: string;
  maxRunning: string;
  dependencies: string;
  /** What takes over while a breaker holds it. */
  fallback: "none" | "definition" | "cached";
  alternate: string;
  maxAge: string;
  owner: string;
  runbook: string;
  description: string;
  sheddable: boolean;
  deferrable: boolean;
  preemptible: boolean;
  /** Retry budget: both empty for none; the window stays as it is. */
  budgetRatio: string;
  budgetRate: string;
  budgetWindowMs: number;
  input: string;
  output: string;
}

export interface CheckedDefinition {
  spec: DefinitionSpec | null;
  errors: ReadonlyMap<string, string>;
}

/** A definition as text fields. */
export function toDefinitionDraft(spec: DefinitionSpec): DefinitionDraft {
  const { timeouts, target, retryPolicy, outputSchema } = spec;
  const span = (ms: number | undefined) => (ms === undefined ? "" : durationText(ms));
  const own = typeof retryPolicy === "object" ? retryPolicy : defaultRetryPolicy;
  return {
    queue: spec.queue,
    priority: spec.priority,
    policy: typeof retryPolicy === "object" ? null : (retryPolicy ?? "default"),
    policyJson: JSON.stringify(own, null, 2),
    guarantee: spec.guarantee,
    target: target?.kind ?? "worker",
    url: target?.kind === "http" ? target.url : "",
    attempt: span(timeouts?.attemptMs ?? 60_000),
    heartbeat: span(timeouts?.heartbeatMs),
    total: span(timeouts?.totalMs),
    maxRunning: spec.maxRunning === undefined ? "" : String(spec.maxRunning),
    dependencies: spec.dependencies?.join(", ") ?? "",
    fallback: spec.fallback === undefined ? "none" : alternateOf(spec) === null ? "cached" : "definition",
    alternate: alternateOf(spec) ?? "",
    maxAge: span(cachedForMs(spec) ?? undefined),
    owner: spec.owner ?? "",
    runbook: spec.runbookUrl ?? "",
    description: spec.description ?? "",
    sheddable: spec.sheddable ?? false,
    deferrable: spec.deferrable ?? false,
    preemptible: spec.preemptible ?? false,
    budgetRatio: spec.retryBudget === undefined ? "" : String(spec.retryBudget.ratio),
    budgetRate: spec.retryBudget === undefined ? "" : String(spec.retryBudget.minPerSecond),
    budgetWindowMs: spec.retryBudget?.windowMs ?? 30_000,
    input: JSON.stringify(spec.inputSchema, null, 2),
    output: outputSchema === undefined ? "" : JSON.stringify(outputSchema, null, 2),
  };
}

/** Read a draft by the schema that the server reads by. */
export function checkDefinition(draft: DefinitionDraft): CheckedDefinition {
  const errors = new Map<string, string>();
  const span = (path: string, text: string): unknown => {
    const ms = parseDuration(text);
    if (ms === null) errors.set(path, definitionWords.form.notSpan);
    return ms ?? text;
  };
  const json = (path: string, text: string): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      errors.set(path, definitionWords.form.notJson);
      return text;
    }
  };
  const optional = (key: string, text: string, read: (text: string) => unknown = (value) => value) =>
    text.trim() === "" ? {} : { [key]: read(text) };
  const names = draft.dependencies
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const body = {
    queue: draft.queue.trim(),
    priority: draft.priority,
    inputSchema: json("/inputSchema", draft.input),
    ...optional("outputSchema", draft.output, (text) => json("/outputSchema", text)),
    retryPolicy: draft.policy ?? json("/retryPolicy", draft.policyJson),
    timeouts: {
      attemptMs: span("/timeouts/attemptMs", draft.attempt),
      ...optional("heartbeatMs", draft.heartbeat, (text) => span("/timeouts/heartbeatMs", text)),
      ...optional("totalMs", draft.total, (text) => span("/timeouts/totalMs", text)),
    },
    ...optional("maxRunning", draft.maxRunning ?? "", (text) => Number(text.replaceAll(",", ""))),
    guarantee: draft.guarantee,
    ...(names.length === 0 ? {} : { dependencies: names }),
    target: draft.target === "http" ? { kind: "http", url: draft.url.trim() } : { kind: "worker" },
    ...(draft.sheddable ? { sheddable: true } : {}),
    ...(draft.deferrable ? { deferrable: true } : {}),
    ...(draft.preemptible ? { preemptible: true } : {}),
    ...budgetOf(draft),
    ...(draft.fallback === "definition" ? { fallback: { definition: draft.alternate.trim() } } : {}),
    ...(draft.fallback === "cached"
      ? { fallback: { result: "cached", maxAgeMs: span("/fallback/maxAgeMs", draft.maxAge) } }
      : {}),
    ...optional("owner", draft.owner),
    ...optional("runbookUrl", draft.runbook, (text) => text.trim()),
    ...optional("description", draft.description),
  };
  const parsed = definitionSchema.safeParse(body);
  if (parsed.success) return { spec: errors.size === 0 ? parsed.data : null, errors };
  for (const { path, message } of validationError(parsed.error, "the definition").errors) {
    // A place within a schema, a policy or the list of services has one field here.
    const field = path.replace(/^(\/(?:inputSchema|outputSchema|retryPolicy|dependencies))\/.*$/, "$1");
    const where = field === path ? message : `${path.slice(field.length)} ${message}`;
    if (!errors.has(field)) errors.set(field, where);
  }
  return { spec: null, errors };
}

/** Whether a stored value is a draft of this version of the console. */
export function isDefinitionDraft(value: unknown): value is DefinitionDraft {
  return value !== null && typeof value === "object" && "policyJson" in value && "fallback" in value;
}

function budgetOf({ budgetRatio, budgetRate, budgetWindowMs }: DefinitionDraft): { retryBudget?: unknown } {
  const [ratio, rate] = [budgetRatio.trim(), budgetRate.trim()];
  if (ratio === "" && rate === "") return {};
  // An empty one of the two is none of its kind, not the default: what stands in the form is what holds.
  return { retryBudget: { ratio: Number(ratio), minPerSecond: Number(rate), windowMs: budgetWindowMs } };
}
