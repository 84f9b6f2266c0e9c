/** A database address fit to be shown: without its password, wherever in the address that stands. */
export function maskDatabaseUrl(url: string): string {
  const masked = url.replace(/\/\/([^:@/?#]*):.*@/, "//$1:***@");
  return masked.replace(/([?&](?:password|sslpassword)=)[^&#]*/gi, "$1***");
}
