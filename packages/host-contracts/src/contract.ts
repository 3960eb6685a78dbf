/**
 * The name under which a contribution point or host service is bound and asked for.
 *
 * It is a symbol that carries its type: inversify's `get`, `getAll` and `bind` read the type from it, so that a wrong
 * contribution is a compile error. Made with `Symbol.for`, so that two copies of this package agree.
 */
export type Contract<T> = symbol & (abstract new (...args: never[]) => T);

/** Makes the name of a contract. `name` is stable for ever: a host and a plugin of different builds meet by it. */
export function contract<T>(name: string): Contract<T> {
  return Symbol.for(`exact.email.${name}`) as Contract<T>;
}
