import { outcomeOfError } from "./outcome-of-error.ts";

/** The first thing a stream says: what it is for, or why it is refused. */
export async function listenOnce(at: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(at, {
    headers: { ...headers, accept: "text/event-stream" },
  });
  let said = "";
  for await (const chunk of answer.body ?? []) {
    said += Buffer.from(chunk).toString();
    const [, event, data] =
      /event: (serialized-error)\ndata: (.*)\n/.exec(said) ?? /(^|\n)data: (\{"kind".*)\n/.exec(said) ?? [];
    if (data === undefined) continue;
    if (event !== "serialized-error") return "reached";
    const error = JSON.parse(data) as { message: string; data: { code: string } };
    return outcomeOfError({ ...error.data, message: error.message });
  }
  return `ended with ${answer.status}: ${said}`;
}
