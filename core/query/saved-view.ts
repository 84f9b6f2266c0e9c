/** A view of the jobs explorer that somebody keeps. */
export interface SavedView {
  id: number;
  /** Login name. */
  owner: string;
  name: string;
  /** Text of the qualifier bar. */
  query: string;
  columns: string[];
  /** Whether everybody sees it. */
  shared: boolean;
}
