"use client";

const key = "signalbox.jobs-in-list";
const mostKept = 500;

export interface JobNeighbours {
  previous: string | null;
  next: string | null;
  /** Place in the list, from 1, and how many jobs it had. */
  at: number;
  of: number;
}

/** Keeps the jobs of a list in their order, so that the page of one can lead to those before and after it. */
export function rememberList(ids: readonly string[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(ids.slice(0, mostKept)));
  } catch {
    // A browser that keeps nothing only loses the way to the neighbours.
  }
}

/** The jobs beside this one in the list that was seen last in this tab; null when it was not in it. */
export function neighboursOf(jobId: string): JobNeighbours | null {
  const ids = read();
  const at = ids.indexOf(jobId);
  if (at < 0) return null;
  return { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null, at: at + 1, of: ids.length };
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
