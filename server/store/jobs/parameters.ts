/** The parameters of a statement that is put together, each named as it is added. */
export interface Parameters {
  values: unknown[];
  /** Adds a value and gives its name, as `$3`. */
  add(value: unknown): string;
}

/** Parameters that begin with those given. */
export function startParameters(...values: unknown[]): Parameters {
  return {
    values,
    add: (value) => {
      values.push(value);
      return `$${values.length}`;
    },
  };
}
