"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { cn } from "./cn.ts";
import { KeyHint } from "./key-hint.tsx";
import type { MenuProps } from "./menu.tsx";

/** The button with its list, open from the start; use `Menu`. */
export function OpenMenu({ trigger, head, groups }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" collisionPadding={8} className="z-50 outline-hidden">
          <Base.Popup className="min-w-44 rounded-md border border-line bg-float py-1 shadow-float outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {head ? (
              <div aria-hidden className="mb-1 max-w-72 border-b border-line px-3 pt-1 pb-2 text-sm">
                {head}
              </div>
            ) : null}
            {groups
              .filter((group) => group.length > 0)
              .map((group, index) => (
                <Base.Group
                  key={group[0]?.label}
                  className={cn(index > 0 && "mt-1 border-t border-line pt-1")}
                >
                  {group.map((line) => (
                    <Base.Item
                      key={line.label}
                      disabled={line.why !== undefined}
                      title={line.why}
                      onClick={line.onSelect}
                      className={cn(
                        "mx-1 flex h-7 items-center gap-2 rounded-sm px-2 text-sm outline-hidden select-none data-disabled:opacity-55 data-highlighted:bg-hover pointer-coarse:h-10 [&_svg]:size-3.5",
                        line.danger && "text-danger",
                      )}
                    >
                      {line.icon}
                      <span className="grow">{line.label}</span>
                      {line.keys ? <KeyHint keys={line.keys} /> : null}
                    </Base.Item>
                  ))}
                </Base.Group>
              ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
