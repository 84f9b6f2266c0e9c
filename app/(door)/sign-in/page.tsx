import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readSession } from "#app/_session/read-session.ts";
import { accessWords } from "#app/words/access-words.ts";
import { ownPath } from "../_parts/own-path.ts";
import { SignInView } from "./_page/sign-in-view.tsx";

export const metadata: Metadata = { title: accessWords.signIn.title };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  const path = ownPath([next].flat()[0]);
  const session = readSession((await headers()).get("x-signalbox-session"));
  if (session !== null) redirect(path);
  return <SignInView next={path} />;
}
