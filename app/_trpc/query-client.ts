import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut } from "#app/_session/is-signed-out.ts";
import { noteSessionEnd } from "#app/_session/session-end.ts";

const staleMs = 5_000;
const mostRetries = 2;

/**
 * Queries that keep what they have while they ask again, and ask twice more when the server does not answer, but not when
 * it refuses. A call that fails because the session has ended says so to the whole page.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => isSignedOut(error) && noteSessionEnd("read") }),
    mutationCache: new MutationCache({ onError: (error) => isSignedOut(error) && noteSessionEnd("act") }),
    defaultOptions: {
      queries: {
        staleTime: staleMs,
        retry: (failures, error) => failures < mostRetries && !isRefusal(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
        refetchOnWindowFocus: true,
      },
    },
  });
}

function isRefusal(error: unknown): boolean {
  const { data } = (error ?? {}) as { data?: { code?: unknown } | null };
  return data?.code === "unauthenticated" || data?.code === "forbidden";
}
