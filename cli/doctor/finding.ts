/** What one check found: fine, worth a look, or broken. */
export interface Finding {
  name: string;
  status: "ok" | "warning" | "broken";
  /** What is, in a sentence. */
  text: string;
  /** What to do; null when there is nothing to. */
  fix: string | null;
}

/** A finding that is fine when `isFine` holds, else of the given status with what to do. */
export function judge(
  name: string,
  isFine: boolean,
  text: string,
  otherwise: { status: "warning" | "broken"; fix: string },
): Finding {
  return isFine
    ? { name, status: "ok", text, fix: null }
    : { name, status: otherwise.status, text, fix: otherwise.fix };
}
