/** A count with its noun for a sentence: `1 job`, `2,104 jobs`. */
export function sayCount(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
