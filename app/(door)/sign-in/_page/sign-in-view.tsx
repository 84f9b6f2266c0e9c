"use client";

import { useState } from "react";
import { SignInForm } from "#app/_session/sign-in-form.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { DoorHead } from "../../_parts/door-head.tsx";
import { enter } from "../../_parts/enter.ts";

const { signIn } = accessWords;

/** The sign-in; the signal beside it clears when it has succeeded. */
export function SignInView({ next }: { next: string }) {
  const [isClear, setClear] = useState(false);
  const goOn = () => {
    setClear(true);
    enter(next);
  };
  return (
    <div data-signal={isClear ? "clear" : "stop"} className="flex flex-col gap-6">
      <DoorHead title={signIn.title} />
      <SignInForm large onSignedIn={goOn} />
      <p className="text-sm text-ink-3">{signIn.forgotten}</p>
    </div>
  );
}
