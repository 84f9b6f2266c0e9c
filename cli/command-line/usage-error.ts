/** The command line cannot be meant as it stands: exit code 2 and the usage of the command. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
