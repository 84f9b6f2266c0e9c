/**
 * A text that Postgres can keep, of at most `maxBytes` in UTF-8: U+0000 and lone surrogates become U+FFFD, and what is
 * too long ends in an ellipsis.
 */
export function cutText(text: string, maxBytes: number): string {
  const clean = text
    .slice(0, maxBytes + 1)
    .replaceAll("\u0000", "\ufffd")
    .toWellFormed();
  const bytes = new TextEncoder().encode(clean);
  if (bytes.length <= maxBytes && clean.length === text.length) return clean;
  const room = Math.max(0, maxBytes - 3);
  const kept = new TextDecoder().decode(bytes.subarray(0, room), { stream: true });
  return `${kept}…`;
}
