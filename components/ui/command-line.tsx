import { CopyButton } from "./copy-button.tsx";

/** A command to type, with a button that copies it. */
export function CommandLine({ command }: { command: string }) {
  return (
    <span className="inline-flex items-center gap-1 rounded-md border border-line bg-panel py-0.5 pr-0.5 pl-2">
      <code className="font-mono text-sm text-ink">{command}</code>
      <CopyButton text={command} />
    </span>
  );
}
