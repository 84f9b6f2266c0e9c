/** Where somebody stood in a list when they left it, px from the top; for as long as the page lives. */
const places = new Map<string, number>();
const mostPlaces = 50;

/** Keeps the place in a list. */
export function rememberPlace(list: string, y: number): void {
  places.delete(list);
  places.set(list, y);
  const [oldest] = places.keys();
  if (places.size > mostPlaces && oldest !== undefined) places.delete(oldest);
}

/** The place that was kept, 0 for the top. */
export function recallPlace(list: string): number {
  return places.get(list) ?? 0;
}
