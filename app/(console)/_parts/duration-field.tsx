"use client";

import type { ComponentProps } from "react";
import { formatExactCount } from "#components/domain/format-count.ts";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { parseDuration } from "#core/parse-duration.ts";
import { sayDuration } from "#core/say-duration.ts";

/** A span as people type it ('30 s', '1.5 h', a bare figure counts milliseconds), with what it comes to beside it. */
export function DurationField({
  value,
  onChange,
  ...rest
}: Omit<ComponentProps<typeof TextInputField>, "value" | "onChange" | "end"> & {
  value: string;
  onChange: (value: string) => void;
}) {
  const ms = parseDuration(value);
  const isBare = /^[\d\s.,_]*$/.test(value);
  return (
    <TextInputField
      {...rest}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="max-w-32 text-right font-mono"
      end={
        ms === null ? undefined : (
          <span className="min-w-0 truncate text-sm text-ink-3">
            = {isBare ? sayDuration(ms) : `${formatExactCount(ms)} ms`}
          </span>
        )
      }
    />
  );
}
