"use client";

import { lazy, type ReactNode, type RefObject, Suspense, useState } from "react";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  initialFocus?: RefObject<HTMLElement | null>;
  wide?: boolean;
  /** Off for what must be answered: then only its own buttons close it. */
  closable?: boolean;
}

const DialogPopup = lazy(() =>
  import("./dialog-popup.tsx").then((module) => ({ default: module.DialogPopup })),
);

/**
 * A dialog that is controlled by its caller; focus goes in and returns by itself. On a narrow screen it sits at the
 * bottom, under the thumb. `footer` holds the buttons, the one that goes on last. Its code comes with the first opening.
 */
export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  if (!used) return null;
  return (
    <Suspense fallback={null}>
      <DialogPopup {...props} />
    </Suspense>
  );
}
