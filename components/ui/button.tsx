import { Button as BaseButton } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** Looks of everything that is pressed, for links that must look like a button too. */
export const buttonLook = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors disabled:cursor-not-allowed data-disabled:cursor-not-allowed data-disabled:opacity-55 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        danger: "bg-danger text-on-danger hover:bg-danger-hover",
        plain: "border border-line bg-panel text-ink hover:border-line-strong hover:bg-hover",
        quiet: "text-ink-2 hover:bg-hover hover:text-ink",
      },
      size: {
        small: "h-6 px-2 text-sm pointer-coarse:h-8",
        medium: "h-7 px-2.5 text-sm pointer-coarse:h-9",
        icon: "size-7 pointer-coarse:size-9",
      },
    },
    defaultVariants: { tone: "plain", size: "medium" },
  },
);

/** A button. `tone` says what pressing it means: primary goes on, danger cannot be taken back. */
export function Button({
  tone,
  size,
  className,
  ...rest
}: ComponentProps<typeof BaseButton> & VariantProps<typeof buttonLook>) {
  return <BaseButton {...rest} className={cn(buttonLook({ tone, size }), className as string)} />;
}
