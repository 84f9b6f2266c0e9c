"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { setStandardTimeZone } from "#app/_display/display.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { pageWords } from "#app/words/page-words.ts";
import { Explained } from "#components/ui/explained.tsx";
import { EnvironmentName } from "../_parts/environment-name.tsx";

const { frame } = pageWords;
const refetchMs = 60_000;

/** Which installation this is: the name and colour of the settings, or the address it is reached at while it has none. */
export function EnvironmentBadge({ host }: { host: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.settings.general.queryOptions(undefined, { refetchInterval: refetchMs, staleTime: refetchMs }),
  );
  const timeZone = data?.value.timeZone ?? null;
  useEffect(() => setStandardTimeZone(timeZone), [timeZone]);
  const named = data && data.version > 0 ? data.value.environment : null;
  return (
    <Explained
      why={named ? frame.environmentWhy(named.name, host) : frame.installationWhy}
      place="left"
      className="flex h-6 min-w-0 items-center gap-1.5 rounded-md border border-line px-2 text-sm text-ink-2 hover:border-line-strong"
    >
      {named ? (
        <EnvironmentName {...named} />
      ) : (
        <span className="truncate font-medium text-ink max-sm:max-w-20">{host}</span>
      )}
    </Explained>
  );
}
