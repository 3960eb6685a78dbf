import type { JsonValue } from '@exact/host-contracts';
import type { z } from 'zod';

/** The value of a changed control in its shape. Throws a `TypeError` for another shape: a host's defect, not the user's. */
export function controlValue<T>(schema: z.ZodType<T>, value: JsonValue): T {
  const result = schema.safeParse(value);
  if (!result.success)
    throw new TypeError(`a control was changed to a value of another shape: ${result.error.message}`);
  return result.data;
}

/** A control that the page does not have. */
export function unknownControl(control: string): TypeError {
  return new TypeError(`this page has no control "${control}" that does that`);
}
