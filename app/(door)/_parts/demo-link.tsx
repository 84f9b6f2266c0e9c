"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { buttonLook } from "#components/ui/button.tsx";
import { DoorHead } from "./door-head.tsx";
import { enter } from "./enter.ts";

const { link: words } = accessWords;

/** Lets in as the demo's admin without a word: opening the printed link is all there is to do. */
export function DemoLink({ secret }: { secret: string }) {
  const trpc = useTRPC();
  const isAsked = useRef(false);
  const { mutate, error } = useMutation(
    trpc.session.acceptLink.mutationOptions({ onSuccess: () => enter("/") }),
  );
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    mutate({ kind: "demo", secret });
  }, [mutate, secret]);
  return (
    <div data-signal={error ? "stop" : "clear"} className="flex flex-col items-start gap-6">
      <DoorHead title={error ? words.dead : words.demoTitle}>
        {error ? (error.data ? error.message : partWords.notReached) : words.demoWhy}
      </DoorHead>
      {error ? (
        <Link href="/sign-in" className={buttonLook()}>
          {words.toSignIn}
        </Link>
      ) : null}
    </div>
  );
}
