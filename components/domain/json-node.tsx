"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { jsonPointer } from "#core/validation-error.ts";
import { cn } from "../ui/cn.ts";
import { words } from "../words.ts";
import { ForeignText } from "./foreign-text.tsx";
import { type HiddenValues, RedactedValue } from "./redacted-value.tsx";

const childrenAtOnce = 100;
const textAtOnce = 500;
const openDepth = 2;
const openChildren = 30;

function Leaf({ value }: { value: string | number | boolean | null }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== "string") return <span className="text-ink">{String(value)}</span>;
  const shown = whole ? value : value.slice(0, textAtOnce);
  return (
    <span className="text-ink">
      "<ForeignText text={shown} className="break-all whitespace-pre-wrap" />"
      {shown.length < value.length ? (
        <button type="button" className="ml-1 text-accent" onClick={() => setWhole(true)}>
          {words.moreCharacters(value.length - shown.length)}
        </button>
      ) : null}
    </span>
  );
}

/** One value of a JSON tree; what is inside is drawn only when it is opened, a hundred entries at a time. */
export function JsonNode({
  name,
  value,
  depth = 0,
  pointer = "",
  hidden,
}: {
  name?: string;
  value: unknown;
  depth?: number;
  pointer?: string;
  hidden?: HiddenValues | undefined;
}) {
  const entries =
    value !== null && typeof value === "object"
      ? Array.isArray(value)
        ? value.map((item, index): [string, unknown] => [String(index), item])
        : Object.entries(value)
      : null;
  const [open, setOpen] = useState(depth < openDepth && (entries?.length ?? 0) <= openChildren);
  const [limit, setLimit] = useState(childrenAtOnce);
  const key =
    name === undefined ? null : (
      <>
        <ForeignText text={name} className="text-ink-2" />
        <span className="text-ink-3">: </span>
      </>
    );
  if (hidden?.rules.has(pointer))
    return (
      <div className="pl-4">
        {key}
        <RedactedValue pointer={pointer} hidden={hidden} />
      </div>
    );
  if (entries === null || entries.length === 0) {
    const empty = Array.isArray(value) ? "[]" : "{}";
    return (
      <div className="pl-4">
        {key}
        {entries ? (
          <span className="text-ink-3">{empty}</span>
        ) : (
          <Leaf value={value as string | number | boolean | null} />
        )}
      </div>
    );
  }
  const [left, right] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex items-start rounded-sm text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cn("mt-0.5 size-3.5 shrink-0 text-ink-3", open && "rotate-90")}
        />
        <span className="ml-0.5">
          {key}
          <span className="text-ink-3">
            {left}
            {open ? "" : ` ${words.entries(entries.length)} ${right}`}
          </span>
        </span>
      </button>
      {open ? (
        <>
          <div className="ml-1.75 border-l border-line pl-1.5">
            {entries.slice(0, limit).map(([childName, child]) => (
              <JsonNode
                key={childName}
                name={childName}
                value={child}
                depth={depth + 1}
                pointer={hidden ? pointer + jsonPointer([childName]) : ""}
                hidden={hidden}
              />
            ))}
            {entries.length > limit ? (
              <button
                type="button"
                className="pl-4 text-accent"
                onClick={() => setLimit(limit + childrenAtOnce)}
              >
                {words.moreEntries(entries.length - limit)}
              </button>
            ) : null}
          </div>
          <span className="pl-4 text-ink-3">{right}</span>
        </>
      ) : null}
    </div>
  );
}
