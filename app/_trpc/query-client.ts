import { QueryClient } from "@tanstack/react-query";

const staleMs = 5_000;

/** Queries that keep what they have while they ask again, and ask twice more when the server does not answer. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: staleMs,
        retry: 2,
        retryDelay: (attempt) => 500 * 2 ** attempt,
        refetchOnWindowFocus: true,
      },
    },
  });
}
