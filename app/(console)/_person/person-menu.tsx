"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound, LogOut, MonitorX, UserRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useSession } from "#app/_session/session-provider.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../_parts/problem-text.ts";

const { person, roles } = accessWords;
const PasswordDialog = dynamic(() => import("./password-dialog.tsx").then((module) => module.PasswordDialog));
const EverywhereDialog = dynamic(() =>
  import("./everywhere-dialog.tsx").then((module) => module.EverywhereDialog),
);

/** Who is signed in, and what they may do with their own account. */
export function PersonMenu() {
  const trpc = useTRPC();
  const session = useSession();
  const [open, setOpen] = useState<"password" | "everywhere" | null>(null);
  const signOut = useMutation(
    trpc.session.signOut.mutationOptions({
      onSuccess: () => location.assign("/sign-in"),
      onError: (error) => notify({ text: person.notSignedOut, detail: problemText(error), tone: "error" }),
    }),
  );
  const name = session?.displayName ?? person.unknown;
  return (
    <>
      <Menu
        trigger={
          <Button tone="quiet" className="px-1.5">
            <UserRound aria-hidden />
            <span className="sr-only">{person.menu(name)}</span>
            <span aria-hidden className="max-w-32 truncate max-md:hidden">
              {name}
            </span>
            {session ? (
              <span className="font-normal text-ink-3 max-lg:hidden">{roles[session.role]}</span>
            ) : null}
          </Button>
        }
        head={
          session ? (
            <>
              <p className="truncate font-medium">
                <ForeignText text={session.displayName} />
              </p>
              <p className="truncate text-ink-3">
                <ForeignText text={session.name} /> · {roles[session.role]}
              </p>
            </>
          ) : null
        }
        groups={[
          [
            {
              label: person.changePassword,
              icon: <KeyRound aria-hidden />,
              onSelect: () => setOpen("password"),
            },
          ],
          [
            { label: person.signOut, icon: <LogOut aria-hidden />, onSelect: () => signOut.mutate() },
            {
              label: person.signOutEverywhere,
              icon: <MonitorX aria-hidden />,
              onSelect: () => setOpen("everywhere"),
            },
          ],
        ]}
      />
      {open === "password" ? <PasswordDialog onClose={() => setOpen(null)} /> : null}
      {open === "everywhere" ? <EverywhereDialog onClose={() => setOpen(null)} /> : null}
    </>
  );
}
