import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button.tsx";

/** A button of an icon alone: `label` is its name, shown on hover; `keys` is what may be pressed instead. */
export function IconButton({
  label,
  keys,
  children,
  ...rest
}: { label: string; keys?: string; children: ReactNode } & Omit<ComponentProps<typeof Button>, "children">) {
  return (
    <Button tone="quiet" size="icon" aria-label={label} title={keys ? `${label} (${keys})` : label} {...rest}>
      {children}
    </Button>
  );
}
