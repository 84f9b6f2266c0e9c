/** Whether Postgres can keep a text as it is: no U+0000 and no lone surrogates. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}
