/** Frames read of a stack, and the most that are kept. */
const limits = { read: 20, kept: 5 } as const;

const notOwn =
  /node_modules|^node:|\(node:|^internal\/|<anonymous>$|^native$|site-packages|dist-packages|\/usr\/lib\/|\/go\/pkg\/mod\//;

/** The last segments of a file's path: hosts differ in where they keep the code. */
function fileOf(path: string): string {
  const plain = path
    .replace(/^(?:file|webpack|webpack-internal):\/\/\/?/, "")
    .replace(/[?#].*$/, "")
    .replace(/\\/g, "/");
  return plain
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .slice(-2)
    .join("/")
    .replace(/[.-](?=[a-z]*\d)[0-9a-z]{6,}(?=\.[cm]?js$)/i, "");
}

const functionOf = (name: string): string =>
  name
    .replace(/^(?:async |new |Object\.|Module\.|exports\.)+/, "")
    .replace(/ \[as .*\]$/, "")
    .replace(/^<anonymous>$|^Object\.<anonymous>$/, "")
    .slice(0, 120);

/** Whether a line of a stack is a frame of the user's own code; null when it is no frame at all. */
export function isOwnFrame(line: string): boolean | null {
  const one = line.trim().slice(0, 600);
  const v8 = /^at (?:.{1,200}? \()?(.{1,400}?)(?::\d+)?(?::\d+)?\)?$/.exec(one);
  const file = v8?.[1] ?? /^File "([^"]{1,400})", line \d+, in \S{1,120}/.exec(one)?.[1];
  return file === undefined ? null : !notOwn.test(file.replace(/^async /, ""));
}

/**
 * The top five frames of a stack that are the user's own, each as function and file without its line. Reads
 * the stacks of V8 and of Python; frames of packages and of the runtime are left out. Looks at 20 frames.
 */
export function ownFrames(stack: string): string[] {
  const frames: string[] = [];
  const python: string[] = [];
  let read = 0;
  for (const line of stack.slice(0, 65_536).split("\n", 400)) {
    const one = line.trim().slice(0, 600);
    const v8 = /^at (?:(.{1,200}?) \()?(.{1,400}?)(?::\d+)?(?::\d+)?\)?$/.exec(one);
    const py = v8 === null ? /^File "([^"]{1,400})", line \d+, in (\S{1,120})/.exec(one) : null;
    if (v8 === null && py === null) continue;
    read += 1;
    if (read > limits.read) break;
    const file = (v8?.[2] ?? py?.[1] ?? "").replace(/^async /, "");
    if (notOwn.test(file)) continue;
    const frame = `${functionOf(v8?.[1] ?? py?.[2] ?? "")} ${fileOf(file)}`.trim();
    if (py === null) frames.push(frame);
    else python.unshift(frame);
  }
  return [...frames, ...python].slice(0, limits.kept);
}
