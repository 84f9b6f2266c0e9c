/** The five priority classes, most urgent first; the index is the rank stored in the database. */
export const priorityClasses = ["critical", "high", "normal", "low", "bulk"] as const;
export type PriorityClass = (typeof priorityClasses)[number];

/** 0 for critical … 4 for bulk. */
export function priorityRank(priority: PriorityClass): number {
  return priorityClasses.indexOf(priority);
}

/** The class of a stored rank; throws RangeError outside 0…4, which only a corrupt row can cause. */
export function priorityAt(rank: number): PriorityClass {
  const priority = priorityClasses[rank];
  if (priority === undefined) throw new RangeError(`no priority class has rank ${rank}`);
  return priority;
}
