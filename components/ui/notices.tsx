"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onFirstNotice } from "./notify.ts";

const Toaster = dynamic(() => import("./toaster.tsx").then((module) => module.Toaster), { ssr: false });

/** Where reports appear; nothing of it is loaded before the first. */
export function Notices() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => onFirstNotice(() => setNeeded(true)), []);
  return needed ? <Toaster /> : null;
}
