/** A value met in a JSON text: where it stands, and what it is when it is not a container. */
export interface JsonPlace {
  /** The keys and indices that lead to it; valid only during the call. */
  steps: readonly string[];
  /** Null for items of a list and the whole. */
  key: string | null;
  kind: "object" | "array" | "string" | "number" | "literal";
  start: number;
}

/**
 * What to do about a value: undefined goes on (into it, when it is a container), a text stands in its place. `raw`
 * gives the value's own text; asking for it costs its length.
 */
export type JsonVisitor = (place: JsonPlace, raw: () => string) => string | undefined;

const space = /[ \t\r\n]*/y;
const string = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const scalar = /[^\s,\]}]+/y;

/**
 * Walks a JSON text from front to end and replaces what the visitor says; all else stays as it is written, so no number
 * is rounded and no key lost. Iterative: depth costs no stack. The text must be JSON; for any other it throws.
 */
export function walkJson(text: string, visit: JsonVisitor): string {
  return new JsonWalk(text, visit).run();
}

interface Frame {
  isArray: boolean;
  items: number;
}

class JsonWalk {
  readonly #text: string;
  readonly #visit: JsonVisitor;
  readonly #steps: string[] = [];
  readonly #frames: Frame[] = [];
  #at = 0;
  #kept = 0;
  #done = "";

  constructor(text: string, visit: JsonVisitor) {
    this.#text = text;
    this.#visit = visit;
  }

  run(): string {
    this.#value(null);
    while (this.#frames.length > 0) this.#next();
    return this.#done + this.#text.slice(this.#kept);
  }

  /** Go on in the innermost container: its next member, or its end. */
  #next(): void {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    this.#skip(space);
    const character = this.#text[this.#at];
    if (character === (frame.isArray ? "]" : "}")) {
      this.#at++;
      this.#frames.pop();
      this.#leave();
      return;
    }
    if (character === ",") this.#at++;
    else if (frame.items > 0) throw new SyntaxError(`no JSON at ${this.#at}`);
    if (frame.isArray) {
      this.#steps.push(String(frame.items++));
      this.#value(null);
      return;
    }
    frame.items++;
    this.#skip(space);
    const key = JSON.parse(this.#take(string)) as string;
    this.#skip(space);
    if (this.#text[this.#at++] !== ":") throw new SyntaxError(`no JSON at ${this.#at}`);
    this.#steps.push(key);
    this.#value(key);
  }

  #value(key: string | null): void {
    this.#skip(space);
    const start = this.#at;
    const first = this.#text[start];
    const kind =
      first === "{"
        ? "object"
        : first === "["
          ? "array"
          : first === '"'
            ? "string"
            : first === "t" || first === "f" || first === "n"
              ? "literal"
              : "number";
    let end: number | null = null;
    const findEnd = () => {
      end ??= this.#endOf(kind, start);
      return end;
    };
    const place: JsonPlace = { steps: this.#steps, key, kind, start };
    const instead = this.#visit(place, () => this.#text.slice(start, findEnd()));
    if (instead !== undefined) {
      this.#done += this.#text.slice(this.#kept, start) + instead;
      this.#at = this.#kept = findEnd();
      this.#leave();
    } else if (kind === "object" || kind === "array") {
      this.#at++;
      this.#frames.push({ isArray: kind === "array", items: 0 });
    } else {
      this.#at = findEnd();
      this.#leave();
    }
  }

  /** A value is over: its step goes, unless it was the whole. */
  #leave(): void {
    this.#steps.pop();
  }

  #endOf(kind: JsonPlace["kind"], start: number): number {
    if (kind === "string") return this.#match(string, start);
    if (kind !== "object" && kind !== "array") return this.#match(scalar, start);
    let depth = 0;
    for (let at = start; at < this.#text.length; at++) {
      const character = this.#text[at];
      if (character === '"') at = this.#match(string, at) - 1;
      else if (character === "{" || character === "[") depth++;
      else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
    }
    throw new SyntaxError("the JSON text is cut off");
  }

  #match(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    if (!pattern.test(this.#text)) throw new SyntaxError(`no JSON at ${at}`);
    return pattern.lastIndex;
  }

  #take(pattern: RegExp): string {
    const start = this.#at;
    this.#at = this.#match(pattern, start);
    return this.#text.slice(start, this.#at);
  }

  #skip(pattern: RegExp): void {
    this.#at = this.#match(pattern, this.#at);
  }
}
