"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { type AskedAct, BreakerActDialog } from "../../../dependencies/[name]/_page/breaker-act-dialog.tsx";

/** Forces the breaker that holds a waiting job closed, or, where somebody forced it open, lets the policy decide again. */
export function BreakerAct({ name }: { name: string }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.dependencies.get.queryOptions({ name }));
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const detail = found.data;
  if (!detail) return null;
  const act = detail.forced === "open" ? "policy" : "closed";
  return (
    <>
      <Button size="small" onClick={() => setAsked({ act, detail })}>
        {act === "policy" ? jobWords.letPolicy : jobWords.forceClosed(name)}
      </Button>
      <BreakerActDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
