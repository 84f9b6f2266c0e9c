/** What an answer of tRPC says of the door: not signed in, refused, or reached, whatever came of the call itself. */
export function outcomeOfError(error: { code: string; message: string } | undefined): string {
  if (error?.code === "unauthenticated" && error.message.startsWith("You are not signed in, so"))
    return "not signed in";
  if (error?.code === "forbidden") return "refused";
  return "reached";
}
