"use client";

import {
  cloneElement,
  type KeyboardEvent,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from "react";

/** A line of a menu; `why` says why it cannot be pressed now, and disables it. */
export interface MenuLine {
  label: string;
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  why?: string;
  onSelect: () => void;
}

export interface MenuProps {
  /** The button. */
  trigger: ReactElement<MenuTrigger>;
  /** What stands above the acts, for the eye alone: whatever it says is in the name of the button too. */
  head?: ReactNode;
  /** The acts; groups are set apart by a hairline. */
  groups: readonly (readonly MenuLine[])[];
}

/** What the button is told while the list is not there yet. */
interface MenuTrigger {
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
  onClick?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

const OpenMenu = lazy(() => import("./open-menu.tsx").then((module) => ({ default: module.OpenMenu })));

/** A button that opens a list of acts; the list's code comes when it is first pressed. */
export function Menu(props: MenuProps) {
  const [used, setUsed] = useState(false);
  const closed = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => setUsed(true),
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setUsed(true);
    },
  });
  if (!used) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenMenu {...props} />
    </Suspense>
  );
}
