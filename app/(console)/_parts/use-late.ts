"use client";

import { useEffect, useState } from "react";

/**
 * Code that a page needs only from some moment on, such as the schema of a form: null until `wanted` and there. What
 * cannot be loaded is thrown to the page's error boundary. `load` is made once, outside the component.
 */
export function useLate<Code extends object>(load: () => Promise<Code>, wanted: boolean): Code | null {
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let isShown = true;
    load()
      .then((loaded) => {
        if (isShown) setCode(loaded);
      })
      .catch((error: unknown) => {
        if (!isShown) return;
        setCode(() => {
          throw error;
        });
      });
    return () => {
      isShown = false;
    };
  }, [load, wanted]);
  return code;
}
