/** Whether a JSON text holds a number with more digits than a browser keeps, so that reading and writing it would change it. */
export function hasLongNumber(text: string): boolean {
  return /\d{16}/.test(text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '""'));
}
