/** Texts that several pages share. */
export const partWords = {
  notRead: "This could not be read",
  notReached: "The server was not reached. Is it running? What you asked for may or may not have been done.",
  notDone: "Nothing was done",
  keep: "Leave it",
  first: "First",
  next: "Next",
  reason: "Reason",
  reasonOptional: "Reason (optional)",
  reasonHint: "Kept with what it was done to and in the audit trail.",
  reasonNeeded: "Say why in a few words.",
} as const;
