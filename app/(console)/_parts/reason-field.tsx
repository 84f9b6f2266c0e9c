import type { Ref } from "react";
import { partWords } from "#app/words/part-words.ts";
import { TextAreaField } from "#components/ui/text-field.tsx";

/** Why something is done, in 500 characters at most; one that is `needed` is asked for once it was `tried` without. */
export function ReasonField({
  ref,
  needed,
  tried,
  value,
  onChange,
}: {
  ref?: Ref<HTMLTextAreaElement>;
  needed: boolean;
  tried: boolean;
  value: string;
  onChange: (reason: string) => void;
}) {
  return (
    <TextAreaField
      ref={ref}
      label={needed ? partWords.reason : partWords.reasonOptional}
      hint={partWords.reasonHint}
      error={needed && tried && value.trim() === "" ? partWords.reasonNeeded : null}
      value={value}
      maxLength={500}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
