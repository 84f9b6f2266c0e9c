/** The name of a table's partition of a UTC day (`YYYY-MM-DD`). Throws for what is neither: it goes into SQL as it is. */
export function partitionOf(table: string, day: string): string {
  const name = `${table}_${day.replaceAll("-", "")}`;
  if (!/^[a-z_]+_\d{8}$/.test(name)) throw new Error(`not a partition by day: ${name}`);
  return name;
}
