"use client";

import { Command } from "cmdk";
import type { ReactNode } from "react";
import { ForeignText } from "#components/domain/foreign-text.tsx";

/** One thing the palette can go to. `text` may be anybody's. */
export interface PaletteEntry {
  /** Distinct among all entries. */
  key: string;
  text: string;
  /** Where or what it is, in grey. */
  note?: string | undefined;
  href: string;
  icon?: ReactNode;
  /** A key for it, or whatever stands at the end of the line. */
  aside?: ReactNode;
}

const itemLook =
  "flex h-7 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-hover pointer-coarse:h-9 [&_svg]:size-3.5 [&_svg]:text-ink-3";
const groupLook =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-ink-3";

/** Entries of a kind under their heading; nothing at all without entries. */
export function PaletteGroup({
  heading,
  entries,
  onGo,
}: {
  heading: string;
  entries: readonly PaletteEntry[];
  onGo: (href: string) => void;
}) {
  if (entries.length === 0) return null;
  return (
    <Command.Group heading={heading} className={groupLook}>
      {entries.map(({ key, text, note, href, icon, aside }) => (
        <Command.Item key={key} value={key} className={itemLook} onSelect={() => onGo(href)}>
          {icon}
          <span className="min-w-0 grow truncate">
            <ForeignText text={text} />
            {note ? (
              <span className="pl-2 text-ink-3">
                <ForeignText text={note} />
              </span>
            ) : null}
          </span>
          {aside}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
