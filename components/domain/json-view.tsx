"use client";

import { useMemo, useState } from "react";
import { CopyButton } from "../ui/copy-button.tsx";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { words } from "../words.ts";
import { JsonNode } from "./json-node.tsx";
import type { HiddenValues } from "./redacted-value.tsx";
import { visibleText } from "./visible-text.ts";

const views = [
  { value: "tree", label: words.tree },
  { value: "text", label: words.text },
] as const;

/**
 * JSON as it was stored: a tree to walk, or its very text (a tree rounds numbers beyond 2^53). `text` is the JSON
 * text; what does not parse is shown as text. Nothing in it is ever taken for markup. `hidden` says which of its values
 * stand for redacted ones.
 */
export function JsonView({ text, label, hidden }: { text: string; label: string; hidden?: HiddenValues }) {
  const [view, setView] = useState<"tree" | "text">("tree");
  const parsed = useMemo(() => parse(text), [text]);
  return (
    <div className="relative">
      <div className="absolute top-1.5 right-1.5 z-10 flex items-center gap-1">
        {parsed.ok ? (
          <Segmented label={words.viewOf(label)} value={view} options={views} onChange={setView} />
        ) : null}
        <CopyButton text={text} label={words.copyOf(label)} />
      </div>
      <ScrollBox
        label={label}
        className="max-h-120 min-h-10 rounded-md border border-line bg-panel p-2 pr-32 font-mono text-sm"
      >
        {parsed.ok && view === "tree" ? (
          <JsonNode value={parsed.value} hidden={hidden} />
        ) : (
          <pre className="break-all whitespace-pre-wrap">{visibleText(text)}</pre>
        )}
      </ScrollBox>
    </div>
  );
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
