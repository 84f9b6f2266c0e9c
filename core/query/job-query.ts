import type { JobCondition } from "./job-condition.ts";

/** A bound on when a job was submitted: so long ago, or an instant; ms. */
export type TimeTerm =
  | { field: "since" | "until"; agoMs: number }
  | { field: "since" | "until"; atMs: number };

/** One term of the qualifier bar. */
export type QueryTerm = Exclude<JobCondition, { field: "created" }> | TimeTerm;

/** What somebody asked for in the qualifier bar: terms that must all hold. Unlike a filter, '2 hours ago' stays that. */
export type JobQuery = readonly QueryTerm[];

/** Something to put in place of a stretch of the text. */
export interface QueryFix {
  from: number;
  to: number;
  text: string;
}

/** What is wrong with a text, and where: from the character `from` up to before `to`. */
export interface QueryProblem {
  from: number;
  to: number;
  message: string;
  /** What was probably meant, the nearest first. */
  fixes: QueryFix[];
}
