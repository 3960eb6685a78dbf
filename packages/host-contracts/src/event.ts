/** Ends what it was returned for. Calling it again does nothing. */
export interface Subscription {
  dispose(): void;
}

/**
 * Something that one can listen to. The listener is called after the change has been stored, never with half of it, and
 * must return quickly. A listener that throws does not keep others from being called.
 */
export type Event<T> = (listener: (value: T) => void) => Subscription;
