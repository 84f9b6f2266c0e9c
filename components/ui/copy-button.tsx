"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { words } from "../words.ts";
import { IconButton } from "./icon-button.tsx";

const shownMs = 1_500;

/** Copies `text`; where the page may not write to the clipboard it says so in place. */
export function CopyButton({ text, label = words.copy }: { text: string; label?: string }) {
  const [result, setResult] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), shownMs);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setResult("copied");
    } catch {
      setResult("failed");
    }
  };
  const said = result === "copied" ? words.copied : result === "failed" ? words.copyFailed : label;
  return (
    <IconButton label={said} onClick={copy} size="small" className="w-6 px-0">
      {result === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
