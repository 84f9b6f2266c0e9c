"use client";

import { type ComponentType, type ReactNode, useEffect, useRef, useState } from "react";

/**
 * A chart that answers to pointer and key, loaded when one of them first comes to it; `children` is its first picture,
 * which stays until then and when loading fails.
 */
export function LazyChart<Data extends object>({
  load,
  data,
  children,
}: {
  load: () => Promise<ComponentType<Data>>;
  data: Data;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [Chart, setChart] = useState<ComponentType<Data> | null>(null);
  useEffect(() => {
    const element = place.current;
    if (!element || Chart) return;
    const want = () =>
      load().then(
        (loaded) => setChart(() => loaded),
        // Offline, or a newer version is being served: the picture stays, the next touch tries again.
        () => undefined,
      );
    for (const sign of signs) element.addEventListener(sign, want);
    return () => {
      for (const sign of signs) element.removeEventListener(sign, want);
    };
  }, [load, Chart]);
  return <div ref={place}>{Chart ? <Chart {...data} /> : children}</div>;
}

/** What says that somebody has come to it. */
const signs = ["pointerenter", "focusin"] as const;
