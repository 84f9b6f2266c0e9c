import { editWords } from "#app/words/edit-words.ts";
import { Button } from "#components/ui/button.tsx";

/** What stands at the foot of an edit that is not saved: how much it is, the way back, and the way on. */
export function SaveBar({
  changes,
  invalid,
  save,
  onDiscard,
  onSave,
}: {
  changes: number;
  /** Fields that are wrong: nothing is saved while there are some. */
  invalid: number;
  save: string;
  onDiscard: () => void;
  onSave: () => void;
}) {
  return (
    <section
      aria-label={editWords.unsavedBar}
      className="sticky bottom-0 z-10 flex flex-wrap items-center gap-2 border-t border-line bg-bg py-2 max-sm:bottom-12"
    >
      <p className={invalid > 0 ? "text-sm text-danger" : "text-sm text-ink-2"}>
        {invalid > 0 ? editWords.invalid(invalid) : editWords.unsaved(changes)}
      </p>
      <div className="ml-auto flex gap-2">
        <Button tone="quiet" onClick={onDiscard}>
          {editWords.discard}
        </Button>
        <Button tone="primary" disabled={invalid > 0} focusableWhenDisabled onClick={onSave}>
          {save}
        </Button>
      </div>
    </section>
  );
}
