/** Texts that several pages share. */
export const partWords = {
  notRead: "This could not be read",
  notReached: "The server was not reached. Is it running? What you asked for may or may not have been done.",
} as const;
