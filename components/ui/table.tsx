import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

/** A table of 28 px rows (36 px where the reader chose comfortable) and hairlines that scrolls sideways in its own box when it must. `label` names it. */
export function Table({ label, className, children, ...rest }: ComponentProps<"table"> & { label: string }) {
  return (
    <div className="relative overflow-x-auto">
      <table {...rest} aria-label={label} className={cn("w-full border-collapse text-sm", className)}>
        {children}
      </table>
    </div>
  );
}

/** A heading cell; `end` for figures, `unseen` when its text is only for those who hear the page. */
export function Th({
  end = false,
  unseen = false,
  className,
  children,
  ...rest
}: ComponentProps<"th"> & { end?: boolean; unseen?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        "hairline-b h-7 px-3 font-normal first:pl-2 last:pr-2 max-sm:px-2 whitespace-nowrap text-ink-3",
        end ? "text-right" : "text-left",
        className,
      )}
    >
      {unseen ? <span className="sr-only">{children}</span> : children}
    </th>
  );
}

/** What a cell holds, said in the cell where the heads are hidden: on a phone. */
export function NarrowHead({ children }: { children: ReactNode }) {
  return <span className="mr-2 text-ink-3 sm:hidden">{children}</span>;
}

/** A cell; `end` for figures. */
export function Td({ end = false, className, ...rest }: ComponentProps<"td"> & { end?: boolean }) {
  return (
    <td
      {...rest}
      className={cn(
        "h-row px-3 whitespace-nowrap first:pl-2 last:pr-2 max-sm:folding max-sm:px-2",
        end ? "text-right" : "text-left",
        className,
      )}
    />
  );
}
