/** Plain data: what may cross a thread, a process or a network between host and plugin. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A plain object of plain data. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
