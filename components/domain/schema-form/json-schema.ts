/** A JSON Schema as it is stored: an object of keywords, or true (anything) or false (nothing). */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };
