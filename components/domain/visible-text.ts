const invisible = /(?![\n\r\t\u200D])[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** More marks on one letter than any script writes: they would run over what stands around them. */
const flood = /(\p{M}{8})(\p{M}+)/gu;

/**
 * Text from outside, with every character shown that would change how its surroundings read: control characters,
 * direction marks, zero-width ones and lone surrogates become ⟨U+202E⟩, and of a letter's marks beyond the eighth only the
 * number is told: ⟨+400⟩. Line breaks, tabs and the joiner of emoji stay.
 */
export function visibleText(text: string): string {
  return text
    .replace(invisible, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
    })
    .replace(flood, (_, kept: string, more: string) => `${kept}⟨+${[...more].length}⟩`);
}
