import { Button } from "#components/ui/button.tsx";

/** The top of a list of settings: what it is, what it is for, and the button that adds to it. */
export function ListHead({
  title,
  why,
  add,
  onAdd,
}: {
  title: string;
  why: string;
  add: string;
  onAdd: () => void;
}) {
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 grow basis-60">
        <h1 className="text-title font-semibold tracking-tight">{title}</h1>
        <p className="text-ink-2">{why}</p>
      </div>
      <Button tone="primary" onClick={onAdd}>
        {add}
      </Button>
    </header>
  );
}
