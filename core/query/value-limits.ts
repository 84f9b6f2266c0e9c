/** Longest value of a condition, in characters. */
export const maxValueLength = 200;
/** Most values that one condition lists. */
export const maxValues = 50;
