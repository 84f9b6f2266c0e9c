/** What an operator, or a bulk operation on an operator's behalf, asks to be done to one job. */
export interface JobAction {
  jobId: string;
  reason: string | null;
  /** Who asks: `token:<name>`, `operator:<name>`, `local`. */
  actor: string;
  /** The bulk operation that does it; absent for an act on one job. */
  operationId?: string;
}

/** The sentences of the job's event: the reason, and which bulk operation it was part of. */
export function becauseOf({ reason, operationId }: JobAction): string[] {
  const part = operationId === undefined ? [] : [`part of bulk operation ${operationId}`];
  return reason === null ? part : [reason, ...part];
}

/** The data of the job's event: which bulk operation it was part of, beside `more`. */
export function eventData(
  { operationId }: JobAction,
  more: Record<string, unknown> = {},
): Record<string, unknown> | undefined {
  const data = operationId === undefined ? more : { ...more, operationId };
  return Object.keys(data).length === 0 ? undefined : data;
}
