"use client";

import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";

/** A button of an icon alone: `label` is its name for everybody who cannot see the icon, and its tooltip. */
export function IconButton({
  label,
  hint,
  children,
  ...rest
}: { label: string; hint?: ReactNode; children: ReactNode } & Omit<
  ComponentProps<typeof Button>,
  "children"
>) {
  return (
    <Tooltip
      content={
        <span className="flex items-center gap-1.5">
          {label}
          {hint}
        </span>
      }
    >
      <Button tone="quiet" size="icon" aria-label={label} {...rest}>
        {children}
      </Button>
    </Tooltip>
  );
}
