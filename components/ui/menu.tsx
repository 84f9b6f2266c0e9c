"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn.ts";

/** One entry of a {@link Menu}; `hint` is what may be pressed instead. */
export interface MenuEntry {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  hint?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

/** A menu that opens from its one child, which must be a button. */
export function Menu({
  trigger,
  entries,
  align = "end",
}: {
  trigger: ReactElement<Record<string, unknown>>;
  entries: MenuEntry[];
  align?: "start" | "end";
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-50 outline-hidden">
          <Base.Popup className="min-w-40 rounded-md border border-line bg-float py-1 shadow-float outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {entries.map((entry) => (
              <Base.Item
                key={entry.key}
                disabled={entry.disabled}
                onClick={entry.onSelect}
                className={cn(
                  "mx-1 flex h-7 items-center gap-2 rounded-sm px-2 text-sm outline-hidden select-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:h-9 [&_svg]:size-3.5",
                  entry.danger ? "text-danger" : "text-ink",
                )}
              >
                {entry.icon}
                <span className="grow">{entry.label}</span>
                {entry.hint}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
