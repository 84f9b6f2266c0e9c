"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";

/**
 * What a save does as soon as it is done: it forgets the kept draft and reads anew what it changed. In this order: the page
 * may draw another editor in place of this one once it hears of it.
 */
export function useAfterSave(forget: () => void, changes: QueryKey): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => {
    forget();
    return queryClient.invalidateQueries({ queryKey: changes });
  };
}
