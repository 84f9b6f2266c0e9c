import { SignalboxError } from "#core/error.ts";
import type { SavedView } from "#core/query/saved-view.ts";

/** The view, when it is the actor's to change. Throws `not_found` and `forbidden`. */
export function refuseForeignView(view: SavedView | null, actor: string): SavedView {
  if (view === null || (view.owner !== actor && !view.shared))
    throw new SignalboxError("not_found", "There is no such view any more; nothing was done.");
  if (view.owner !== actor)
    throw new SignalboxError(
      "forbidden",
      `'${view.name}' is ${view.owner}'s; nothing was done. Save it as a view of your own.`,
    );
  return view;
}
