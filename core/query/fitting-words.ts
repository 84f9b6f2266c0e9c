/** Of these words what begins with the text typed, then what contains it, in any letters; `most` at most, in their order. */
export function fittingWords(words: readonly string[], typed: string, most: number): string[] {
  const wanted = typed.toLowerCase();
  const begins = words.filter((word) => word.toLowerCase().startsWith(wanted));
  const contains = words.filter((word) => !begins.includes(word) && word.toLowerCase().includes(wanted));
  return [...begins, ...contains].slice(0, most);
}
