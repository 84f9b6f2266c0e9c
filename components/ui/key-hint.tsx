/** A key as it is written on the keyboard. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex gap-0.5 font-mono text-sm text-ink-3">
      {keys.split(" ").map((key) => (
        <span key={key} className="min-w-4 rounded-sm border border-line px-1 text-center leading-4">
          {key}
        </span>
      ))}
    </kbd>
  );
}
