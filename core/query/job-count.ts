/** How many jobs a filter has: counted one by one, estimated, or at least so many. */
export interface JobCount {
  count: number;
  exactness: "exact" | "about" | "at-least";
  /** When an estimate was made, ms since 1970, where that is known. */
  atMs: number | null;
}
