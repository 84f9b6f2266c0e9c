import { ForeignText } from "#components/domain/foreign-text.tsx";

/** The error of a group in one line: its name, then what it said. */
export function GroupTitle({ name, message }: { name: string; message: string }) {
  const [line = ""] = message.split("\n", 1);
  const said = line.trim().length > 2 ? line : message.replace(/\s+/g, " ");
  return (
    <>
      <ForeignText text={name} className="font-mono" />
      {said ? (
        <>
          {" "}
          <ForeignText text={said} className="text-ink-2" />
        </>
      ) : null}
    </>
  );
}
