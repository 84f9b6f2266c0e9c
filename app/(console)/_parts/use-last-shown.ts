"use client";

import { useState } from "react";

/** What a dialog goes on showing while it fades out: the value, or the last one there was. Null before the first. */
export function useLastShown<Value>(value: Value | null): Value | null {
  const [shown, setShown] = useState(value);
  if (value !== null && value !== shown) setShown(value);
  return value ?? shown;
}
