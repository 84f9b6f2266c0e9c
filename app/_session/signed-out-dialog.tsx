"use client";

import { useQueryClient } from "@tanstack/react-query";
import { accessWords } from "#app/words/access-words.ts";
import { buttonLook } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { noteSessionStart, type SessionEnd } from "./session-end.ts";
import { SignInForm } from "./sign-in-form.tsx";

const { ended } = accessWords;

/** Says that the session has ended and what was not done, and takes the password with the page left as it is. */
export function SignedOutDialog({ end, login }: { end: SessionEnd; login: string }) {
  const queryClient = useQueryClient();
  const goOn = () => {
    noteSessionStart();
    void queryClient.invalidateQueries();
  };
  return (
    <Dialog
      open
      closable={false}
      onOpenChange={() => undefined}
      title={ended.title}
      description={`${end === "act" ? ended.act : ended.read} ${ended.how}`}
      footer={
        <a href="/sign-in" className={buttonLook({ tone: "quiet" })}>
          {ended.leave}
        </a>
      }
    >
      <div className="pt-1">
        <SignInForm login={login} onSignedIn={goOn} />
      </div>
    </Dialog>
  );
}
