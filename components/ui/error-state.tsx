import type { ReactNode } from "react";
import { words } from "../words.ts";
import { Button } from "./button.tsx";

/** What could not be shown, why, and what to do; `onRetry` asks again. */
export function ErrorState({
  title,
  detail,
  onRetry,
}: {
  title: string;
  detail: ReactNode;
  onRetry?: () => void;
}) {
  return (
    <div role="alert" className="flex flex-col items-start gap-2 border-l-2 border-danger px-3 py-3">
      <p className="font-medium">{title}</p>
      <div className="max-w-160 break-words text-ink-2">{detail}</div>
      {onRetry ? (
        <Button size="small" onClick={onRetry}>
          {words.tryAgain}
        </Button>
      ) : null}
    </div>
  );
}
