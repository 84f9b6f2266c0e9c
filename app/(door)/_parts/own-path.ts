const base = "http://console.invalid";
const doors = /^\/(sign-in|setup|invite)(\/|$)/;

/** The page to go to after signing in: a path of this console, whatever was asked for, and never another door. */
export function ownPath(asked: string | undefined): string {
  if (!asked?.startsWith("/") || /[\\\s]/.test(asked)) return "/";
  if (!URL.canParse(asked, base)) return "/";
  const url = new URL(asked, base);
  if (url.origin !== base || doors.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}
