import type { Host } from '../../host/host.js';
import type { Answer } from '../api/answers.js';
import type { CheckedInput, Method } from '../api/inputs.js';
import type { PageSession } from './page-session.js';

/** What a method is run with. */
export interface Call<M extends Method> {
  readonly host: Host;
  readonly page: PageSession;
  readonly input: CheckedInput<M>;
}

/** The handlers of some methods. What they throw is a defect, unless it is a `FailureError`. */
export type Handlers<M extends Method> = { readonly [Each in M]: (call: Call<Each>) => Promise<Answer<Each>> };

/** The methods whose names begin so. */
export type MethodsOf<Prefix extends string> = Extract<Method, `${Prefix}.${string}`>;
