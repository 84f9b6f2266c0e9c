"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";

export interface SidePanelProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

const SidePanelPopup = lazy(() =>
  import("./side-panel-popup.tsx").then((module) => ({ default: module.SidePanelPopup })),
);

/**
 * A look at one thing beside the list it stands in: the list stays in sight and in reach. Escape closes it and focus
 * goes back. On a narrow screen it covers the page.
 */
export function SidePanel(props: SidePanelProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  if (!used) return null;
  return (
    <Suspense fallback={null}>
      <SidePanelPopup {...props} />
    </Suspense>
  );
}
