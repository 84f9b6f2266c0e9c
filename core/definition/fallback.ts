/**
 * What takes over the jobs of a definition while a breaker holds them: `definition`, which runs in its stead, or
 * `result: "cached"`, the output of a completed job of the same payload not older than `maxAgeMs` (1 s…30 days).
 */
export interface Fallback {
  definition?: string | undefined;
  result?: "cached" | undefined;
  maxAgeMs?: number | undefined;
}

/** The definition that runs in its stead; null without one. */
export function alternateOf({ fallback }: { fallback?: Fallback | undefined }): string | null {
  return fallback?.definition ?? null;
}

/** How old a cached result may be, ms; null where none answers. */
export function cachedForMs({ fallback }: { fallback?: Fallback | undefined }): number | null {
  return fallback?.result === "cached" ? (fallback.maxAgeMs ?? null) : null;
}
