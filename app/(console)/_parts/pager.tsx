import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";

/** Below a page of a list: the way to the next one, and from a later one back to the first. */
export function Pager({
  after,
  next,
  onGo,
}: {
  /** Where this page begins; null is the first. */
  after: string | null;
  /** Where the next one begins; null is the end. */
  next: string | null;
  onGo: (after: string | null) => void;
}) {
  return (
    <div className="flex justify-end gap-2">
      {after ? <Button onClick={() => onGo(null)}>{partWords.first}</Button> : null}
      {next ? <Button onClick={() => onGo(next)}>{partWords.next}</Button> : null}
    </div>
  );
}
