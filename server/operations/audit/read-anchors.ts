import { type Anchor, anchorSchema, isGenuine } from "./anchor.ts";

/** What a text of anchors holds for one chain. */
export interface ReadAnchors {
  anchors: Anchor[];
  /** Lines that claim to be anchors of this chain and are not: a wrong signature, or a key that is not trusted. */
  forged: { line: number; why: "signature" | "key" }[];
  /** Anchors of other chains. */
  others: number;
  /** Lines that are no anchor at all, such as one that was cut off. */
  unreadable: number;
}

/**
 * Read anchors: JSON lines as the dispatcher appends them to its file, or its log, where they stand as `anchor` among
 * other lines. `trustedKeys` null takes any key that signed.
 */
export function readAnchors(
  text: string,
  chain: string,
  trustedKeys: ReadonlySet<string> | null,
): ReadAnchors {
  const read: ReadAnchors = { anchors: [], forged: [], others: 0, unreadable: 0 };
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = anchorSchema.safeParse(findAnchor(line));
    if (!parsed.success) read.unreadable++;
    else if (parsed.data.chain !== chain) read.others++;
    else if (!isGenuine(parsed.data)) read.forged.push({ line: index + 1, why: "signature" });
    else if (trustedKeys && !trustedKeys.has(parsed.data.key))
      read.forged.push({ line: index + 1, why: "key" });
    else read.anchors.push(parsed.data);
  }
  return read;
}

function findAnchor(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "anchor" in value ? value.anchor : value;
  } catch {
    return null;
  }
}
