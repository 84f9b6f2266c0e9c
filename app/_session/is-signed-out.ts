/** Whether a call failed because nobody is signed in; a refused sign-in says so itself. */
export function isSignedOut(error: unknown): boolean {
  const { data } = (error ?? {}) as { data?: { code?: unknown; path?: unknown } | null };
  return data?.code === "unauthenticated" && data.path !== "session.signIn";
}
