const invisible = /(?![\n\r\t\u200D])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Text from outside, with every character shown that would change how its surroundings read: control characters,
 * direction marks, zero-width ones and lone surrogates become ⟨U+202E⟩. Line breaks, tabs and the joiner of emoji stay.
 */
export function visibleText(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}
