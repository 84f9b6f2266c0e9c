/** Lines of one call, so that its body stays below the server's limit of 1 MiB. */
const linesAtOnce = 50;

/** Log lines in parts that one call may carry. */
export function logParts<Line>(lines: readonly Line[]): Line[][] {
  const count = Math.ceil(lines.length / linesAtOnce);
  return Array.from({ length: count }, (_, at) => lines.slice(at * linesAtOnce, (at + 1) * linesAtOnce));
}
