import { pageWords } from "#app/words/page-words.ts";
import { Explained } from "#components/ui/explained.tsx";

const { frame } = pageWords;

/** Which installation this is, and that it is reached from this machine only as long as there is no sign-in. */
export function EnvironmentBadge() {
  return (
    <Explained
      why={frame.localOnlyWhy}
      place="left"
      className="flex h-6 items-center gap-1.5 rounded-md border border-line px-2 text-sm whitespace-nowrap text-ink-2 hover:border-line-strong"
    >
      <span className="font-medium text-ink">{frame.environment}</span>
      <span className="text-ink-3">{frame.localOnly}</span>
    </Explained>
  );
}
