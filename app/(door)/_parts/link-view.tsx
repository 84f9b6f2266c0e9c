"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { buttonLook } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { DemoLink } from "./demo-link.tsx";
import { DoorHead } from "./door-head.tsx";
import { LinkForm } from "./link-form.tsx";

const { link: words } = accessWords;

/** What a one-time link opens: a form to make an account or a new password, the demo at once, or why it does not work. */
export function LinkView({ secret }: { secret: string }) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.session.link.queryOptions(
      { secret },
      { retry: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (data?.kind === "demo") return <DemoLink secret={secret} />;
  if (data) return <LinkForm secret={secret} link={data} />;
  if (!error) return <SkeletonRows rows={5} />;
  return (
    <>
      <DoorHead title={words.dead} />
      {error.data && error.data.code !== "not_ready" ? (
        <p className="text-ink-2">{error.message}</p>
      ) : (
        <ErrorState
          title={partWords.notRead}
          detail={error.data ? error.message : partWords.notReached}
          onRetry={() => void refetch()}
        />
      )}
      <Link href="/sign-in" className={buttonLook()}>
        {words.toSignIn}
      </Link>
    </>
  );
}
