"use client";

import { useState } from "react";
import { isOwnFrame } from "#core/failure/own-frames.ts";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { words } from "../words.ts";
import { visibleText } from "./visible-text.ts";

/** A stack: the frames of one's own code at first, those of packages and of the runtime when they are asked for. */
export function StackTrace({ stack }: { stack: string }) {
  const lines = stack.split("\n");
  const own = lines.filter((line) => isOwnFrame(line) !== false);
  const foreign = lines.length - own.length;
  const [all, setAll] = useState(own.every((line) => isOwnFrame(line) === null));
  return (
    <div className="mt-1 flex flex-col gap-1">
      <div className="flex items-start rounded-md border border-line bg-panel">
        <ScrollBox label={words.stack} className="max-h-80 grow p-2">
          <pre className="font-mono leading-4.5 text-ink-2">
            {visibleText((all ? lines : own).join("\n"))}
          </pre>
        </ScrollBox>
        <span className="p-1">
          <CopyButton text={stack} label={words.copyOf(words.stack)} />
        </span>
      </div>
      {foreign > 0 ? (
        <Button size="small" tone="quiet" className="w-fit" aria-pressed={all} onClick={() => setAll(!all)}>
          {all ? words.ownFrames : words.allFrames(foreign)}
        </Button>
      ) : null}
    </div>
  );
}
